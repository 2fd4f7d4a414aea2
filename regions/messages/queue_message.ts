import type { Interaction } from "../interactions/interaction.ts";
import type { MessageTemplate } from "./message_template.ts";
import type { Transition } from "../tenants/transition.ts";

/** What is to be sent, and how. */
export interface QueuedMessage {
  id: string;
  author: "agent" | "flow" | "bot";
  text: string;
  /** A template that the provider has approved, instead of the text. */
  template?: MessageTemplate;
}

/** Queues an outgoing message; it is sent once the decision is committed. */
export function queueMessage(
  t: Transition,
  it: Interaction,
  message: QueuedMessage,
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
  if (!message.template) return;
  // Its parameters are the contact's own: they go beside the log, as the body does.
  for (const effect of t.effects) {
    if (effect.to === "provider" && effect.messageId === message.id) {
      effect.template = message.template;
    }
  }
}
