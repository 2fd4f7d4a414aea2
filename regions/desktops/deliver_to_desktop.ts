import type { Kysely } from "kysely";
import type { AgentEvent } from "../../protocol/agent_session/agent_event.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { type Fence, passFence } from "../lease/fence.ts";
import type { StoredEffect } from "../log/commit_unit.ts";
import { loadMessages } from "../messages/load_messages.ts";

/** What {@linkcode deliverToDesktop} needs. */
export interface DesktopPorts extends Fence {
  db: Kysely<CellTables>;
  edgeUrl: (edgeId: string) => string | undefined;
  token: (audience: string) => Promise<string>;
}

const TIMEOUT_MS = 5_000;

/**
 * Pushes events to the edge object that holds an agent's session. References to messages become
 * the messages themselves here, with the status they have now. All effects are of one agent.
 * @throws AntiphonError `unavailable` when the edge did not take them
 */
export async function deliverToDesktop(
  tenantId: string,
  effects: readonly StoredEffect[],
  ports: DesktopPorts,
): Promise<void> {
  const events: { deliveryId: string; event: AgentEvent }[] = [];
  let edgeId = "";
  let agentId = "";
  for (const { id, effect } of effects) {
    if (effect.to !== "desktop") continue;
    ({ edgeId, agentId } = effect);
    const { event } = effect;
    if (event.type !== "message" && event.type !== "thread") {
      events.push({ deliveryId: id, event });
      continue;
    }
    const by = event.type === "message"
      ? { messageIds: [event.messageId] }
      : { interactionIds: [event.interactionId] };
    const messages = await loadMessages(ports.db, tenantId, by);
    messages.forEach((message, i) =>
      events.push({ deliveryId: `${id}:${i}`, event: { type: "message.changed", message } })
    );
  }
  const url = ports.edgeUrl(edgeId);
  if (!url) throw new AntiphonError("unavailable", `The edge ${edgeId} is not known`);
  for (let i = 0; i < events.length; i += 100) {
    const body = { tenantId, agentId, epoch: ports.epoch, events: events.slice(i, i + 100) };
    await push(
      `${url}/internal/agents/${tenantId}/${agentId}/events`,
      `edge:${edgeId}`,
      body,
      ports,
    );
  }
}

async function push(url: string, audience: string, body: unknown, ports: DesktopPorts) {
  const authorization = `Bearer ${await ports.token(audience)}`;
  const fence = passFence(ports);
  let response: Response;
  try {
    response = await fetch(url, {
      method: "POST",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...fence, authorization, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    throw new AntiphonError("unavailable", "The edge did not answer", { cause });
  }
  const detail = await response.text();
  if (!response.ok) {
    throw new AntiphonError("unavailable", `The edge answered ${response.status}`, {
      data: { status: response.status, detail: detail.slice(0, 300) },
    });
  }
}
