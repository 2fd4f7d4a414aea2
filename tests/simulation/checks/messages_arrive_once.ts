import type { Surroundings } from "../world/surroundings.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/**
 * A message that was acknowledged is applied once; one that goes out is sent or visibly failed, and
 * those of one conversation keep their order.
 */
export function messagesArriveOnce(world: Surroundings): Observer {
  const acknowledged = new Map<string, number>();
  const queued = new Map<string, string[]>();
  const sent = new Map<string, string[]>();
  const fail = (message: string) => {
    throw new Violation("messages-arrive-once", message);
  };
  const add = (lists: Map<string, string[]>, key: string, id: string) => {
    const list = lists.get(key) ?? [];
    if (!list.includes(id)) list.push(id);
    lists.set(key, list);
  };
  return {
    fact(fact) {
      if (fact.type === "message-acknowledged") {
        const id = fact.providerMessageId;
        acknowledged.set(id, acknowledged.get(id) ?? 0);
      }
      if (fact.type === "provider-send") {
        add(sent, `${fact.tenantId}/${fact.contact}`, fact.messageId);
      }
    },
    beforeEvent({ tenantId, state }, event) {
      if (event.type === "message.received") {
        const times = acknowledged.get(event.providerMessageId);
        if (times === undefined) return fail(`${event.providerMessageId} was never acknowledged`);
        if (times > 0) return fail(`${event.providerMessageId} applied twice`);
        acknowledged.set(event.providerMessageId, 1);
      }
      if (event.type === "message.queued") {
        const { contact } = state.interactions.get(event.interactionId)!;
        const key = `${tenantId}/${contact}`;
        if (queued.get(key)?.includes(event.messageId)) fail(`${event.messageId} queued twice`);
        add(queued, key, event.messageId);
      }
    },
    atEnd() {
      for (const [id, times] of acknowledged) if (times === 0) fail(`${id} was lost`);
      for (const log of world.log.tenants.values()) {
        for (const { id, direction, status } of log.messages.values()) {
          if (direction === "outbound" && status === "pending") {
            fail(`${id} is neither sent nor failed`);
          }
        }
      }
      for (const [key, order] of sent) {
        const expected = (queued.get(key) ?? []).filter((id) => order.includes(id));
        if (expected.join() !== order.join()) fail(`messages to ${key} overtook each other`);
      }
    },
  };
}
