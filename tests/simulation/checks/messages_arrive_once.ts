import type { StoredMessage } from "../log/tenant_log.ts";
import type { Surroundings } from "../world/surroundings.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/**
 * A message that was acknowledged is applied once. One that goes out does so once at most, and is
 * sent or visibly failed; what the provider has told of it is believed; and those of one
 * conversation keep their order.
 */
export function messagesArriveOnce(world: Surroundings): Observer {
  const acknowledged = new Map<string, number>();
  const queued = new Map<string, string[]>();
  const sent = new Map<string, string[]>();
  const out = new Set<string>();
  const told = new Set<string>();
  const fail = (message: string) => {
    throw new Violation("messages-arrive-once", message);
  };
  const add = (lists: Map<string, string[]>, key: string, id: string) => {
    const list = lists.get(key) ?? [];
    if (!list.includes(id)) list.push(id);
    lists.set(key, list);
  };
  const toSend = new Set<string>();
  const lookAt = (tenantId: string, { id, direction, status }: StoredMessage) => {
    if (direction !== "outbound") return;
    const of = `${id} of ${tenantId}`;
    if (status === "pending") fail(`${of} is neither sent nor failed`);
    if (status === "failed" && told.has(id)) fail(`${of} failed, but was told to be sent`);
    if (status !== "failed" && toSend.has(id) && !out.has(id)) fail(`${of} never went out`);
  };
  return {
    fact(fact) {
      if (fact.type === "message-acknowledged") {
        const id = fact.providerMessageId;
        acknowledged.set(id, acknowledged.get(id) ?? 0);
      }
      if (fact.type === "status-acknowledged") told.add(fact.messageId);
      if (fact.type === "provider-send") {
        if (out.has(fact.messageId)) fail(`${fact.messageId} went out twice`);
        out.add(fact.messageId);
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
        toSend.add(event.messageId);
      }
    },
    atEnd() {
      for (const [id, times] of acknowledged) if (times === 0) fail(`${id} was lost`);
      for (const [tenantId, log] of world.log.tenants) {
        for (const message of log.messages.values()) lookAt(tenantId, message);
      }
      for (const [key, order] of sent) {
        const expected = (queued.get(key) ?? []).filter((id) => order.includes(id));
        if (expected.join() !== order.join()) fail(`messages to ${key} overtook each other`);
      }
    },
  };
}
