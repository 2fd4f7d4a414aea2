import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import {
  deliverToProvider,
  type ProviderEffect,
} from "../../../regions/channels/deliver_to_provider.ts";
import type { DesktopEvent } from "../../../regions/effects/effect.ts";
import type { StoredEffect } from "../../../regions/log/commit_unit.ts";
import type { TenantCommand } from "../../../regions/tenants/tenant_command.ts";
import type { StoredMessage } from "../log/tenant_log.ts";
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

/** The cell's own way to the provider; request and answer may be lost. */
async function toProvider(
  cell: PlacedCell,
  tenantId: string,
  effect: ProviderEffect,
): Promise<void> {
  const { world } = cell;
  const { messages } = world.log.tenants.get(tenantId)!;
  const send = async (message: StoredMessage) => {
    const lost = () => new AntiphonError("outcome_unknown", "The provider did not answer");
    const answer = await world.network.request(
      cell.random,
      15_000,
      () => Promise.resolve(world.provider.send(tenantId, effect.contact, message)),
    ).catch(() => Promise.reject(lost()));
    if (answer === "broken") throw lost();
    if (answer === "busy") throw new AntiphonError("unavailable", "The provider answered 503");
    if (answer === "refused") throw new AntiphonError("provider_refused", "It answered 400");
    return `out:${message.id}`;
  };
  const runner = {
    configuration: world.configuration(tenantId),
    submit: (command: TenantCommand) => cell.submit(tenantId, command),
  };
  await deliverToProvider(tenantId, effect, runner, {
    load: (_, id) => Promise.resolve(messages.get(id)),
    open: () => Promise.resolve(() => send(messages.get(effect.messageId)!)),
    attempts: cell.attempts,
    now: () => world.queue.now,
  });
}
