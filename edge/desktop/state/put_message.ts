import type { Message } from "../../../protocol/interaction/message.ts";

const RANK: Record<Message["status"], number> = {
  pending: 0,
  received: 1,
  sent: 1,
  delivered: 2,
  read: 3,
  failed: 4,
};

/**
 * Puts a message, or its new status, into a thread ordered by time. A status never moves back, so a
 * report that comes late changes nothing.
 */
export function putMessage(thread: Message[], message: Message): Message[] {
  const known = thread.find(({ id }) => id === message.id);
  if (known && RANK[message.status] < RANK[known.status]) return thread;
  const others = known ? thread.filter((one) => one !== known) : thread;
  const at = others.findLastIndex((one) => one.at <= message.at) + 1;
  return known && known.at === message.at
    ? thread.map((one) => (one === known ? message : one))
    : [...others.slice(0, at), message, ...others.slice(at)];
}
