import type { AgentBrowser } from "../peers/agent_browser.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { conversation, type Heard } from "./conversation.ts";
import { callIntoQueue, recordOf } from "./inbound_call.ts";
import type { Stage } from "./stage.ts";
import type { TenantApi } from "./tenant_api.ts";

/** What a call that needs a skill showed. */
export interface SkilledCallReport {
  /** While nobody had the skill. */
  waiting: { position: number; requirements: unknown[]; agentsAvailable: number };
  /** What the administrator was told on deleting the queue meanwhile. */
  refusal: { status: number; code: string };
  heard: Heard;
  queueId: string | null;
}

/**
 * A caller needs Dutch, the agent who is free has none: the call waits, with prompts in a loop.
 * The administrator may not delete the queue under it. Given the skill, the agent is offered it.
 */
export async function skilledCall(
  stage: Stage,
  api: TenantApi,
  phone: Baresip,
  desktop: AgentBrowser,
): Promise<SkilledCallReport> {
  await api.ask("POST", "/configuration/skills", {
    id: "dutch",
    name: "Dutch",
    kind: "proficiency",
  });
  await api.change("/configuration/flows/phone-menu", (flow) => {
    Object.assign(flow.activities, {
      "to-sales": {
        type: "queue",
        queueId: "sales",
        requirements: [{ skillId: "dutch", atLeast: 5 }],
        next: "patience",
      },
      patience: { type: "play", prompt: "welcome", next: "to-sales" },
    });
  });
  await desktop.goAvailable();
  const { id } = await callIntoQueue(stage, phone, "1");
  const waiting = await until("the call in the queue's list", async () => {
    const { body } = await api.ask("GET", "/queues/sales/contacts");
    const [contact] = body.items;
    const state = await api.ask("GET", "/queues/sales");
    return contact?.interactionId === id && {
      position: contact.position,
      requirements: contact.requirements,
      agentsAvailable: state.body.agentsAvailable,
    };
  });
  // New calls go elsewhere: nothing but the caller who waits stands in the way.
  await api.change("/configuration/flows/phone-menu", (flow) => {
    flow.activities["to-sales"].queueId = "support";
  });
  const { etag } = await api.ask("GET", "/configuration/queues/sales");
  const refused = await api.ask("DELETE", "/configuration/queues/sales", undefined, {
    "if-match": etag!,
  });
  await api.change("/configuration/agents/anna", (anna) => anna.skills = { dutch: 7 });
  await desktop.offer();
  const acceptedAt = Date.now();
  await desktop.at("accept").click();
  const heard = await conversation(phone, desktop, acceptedAt);
  await phone.hangUp();
  await desktop.wrapUp("resolved");
  const record = await recordOf(stage, id);
  return {
    waiting,
    refusal: { status: refused.status, code: refused.body.code },
    heard,
    queueId: record.queueId,
  };
}
