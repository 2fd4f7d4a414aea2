import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { DesktopEvent, Effect } from "../../../regions/effects/effect.ts";
import type { StoredEffect } from "../../../regions/log/commit_unit.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { Cell } from "./cell.ts";

/** A cell in its world. */
type PlacedCell = Cell & { readonly world: Surroundings };

/** Brings the effects at the head of a lane to the simulated edge, PoP or provider. */
export async function deliverEffects(
  cell: PlacedCell,
  tenantId: string,
  effects: readonly StoredEffect[],
): Promise<void> {
  const { effect } = effects[0];
  if (effect.to === "desktop") return await toDesktop(cell, tenantId, effect.agentId, effects);
  for (const stored of effects) {
    if (stored.effect.to === "pop") await cell.popLinks.deliver(tenantId, stored.effect);
    if (stored.effect.to === "provider") await toProvider(cell, tenantId, stored.effect);
  }
}

async function toDesktop(
  cell: PlacedCell,
  tenantId: string,
  agentId: string,
  effects: readonly StoredEffect[],
): Promise<void> {
  const { messages } = cell.world.log.tenants.get(tenantId)!;
  const told = (id: string, event: DesktopEvent): { deliveryId: string; event: AgentEvent }[] => {
    if (event.type !== "message" && event.type !== "thread") return [{ deliveryId: id, event }];
    const named = event.type === "message"
      ? [messages.get(event.messageId)].filter((message) => message !== undefined)
      : [...messages.values()].filter((it) => it.interactionId === event.interactionId);
    return named.map((message, i) => ({
      deliveryId: `${id}:${i}`,
      event: { type: "message.changed", message: { ...message } },
    }));
  };
  const events = effects.flatMap(({ id, effect }) =>
    effect.to === "desktop" ? told(id, effect.event) : []
  );
  const session = cell.world.edge.session(tenantId, agentId);
  const outcome = await cell.world.network.request(
    cell.random,
    5_000,
    () => session.push(cell.epoch, events),
  );
  if (outcome !== "taken") throw new AntiphonError("unavailable", "The edge answered 421");
}

/** Like `deliverToProvider()`: what is final is recorded, everything else is tried again. */
async function toProvider(
  cell: PlacedCell,
  tenantId: string,
  effect: Extract<Effect, { to: "provider" }>,
): Promise<void> {
  const { world } = cell;
  const { interactionId, messageId } = effect;
  const message = world.log.tenants.get(tenantId)!.messages.get(messageId);
  if (!message || message.status !== "pending") return;
  const answer = await world.network.request(
    cell.random,
    15_000,
    () => Promise.resolve(world.provider.send(tenantId, effect.contact, message)),
  );
  if (answer === "busy") throw new AntiphonError("unavailable", "The provider answered 503");
  await cell.submit(tenantId, {
    type: "message-status",
    interactionId,
    messageId,
    status: answer === "refused" ? "failed" : "sent",
    providerMessageId: answer === "refused" ? null : `out:${messageId}`,
    failure: answer === "refused" ? "provider-refused" : null,
  });
}
