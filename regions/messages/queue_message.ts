import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/** Queues an outgoing message; it is sent once the decision is committed. */
export function queueMessage(
  t: Transition,
  it: Interaction,
  message: { id: string; author: "agent" | "flow"; text: string },
): void {
  const { contactIdle } = t.configuration.queues.get(it.place?.queueId ?? "") ?? {};
  t.messages.push({
    id: message.id,
    interactionId: it.id,
    direction: "outbound",
    author: message.author,
    text: message.text,
    at: t.at,
    status: "pending",
    failure: null,
  });
  t.emit({
    type: "message.queued",
    interactionId: it.id,
    messageId: message.id,
    author: message.author,
    idleUntil: t.at + t.configuration.settings.digitalIdleSeconds * 1000,
    contactIdleAt: contactIdle && message.author === "agent"
      ? t.at + contactIdle.seconds * 1000
      : null,
  });
}
