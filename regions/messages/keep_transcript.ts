import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Keeps what was said in a call beside the log, like a message: who takes the call next reads it.
 * The log knows only that something was said.
 */
export function keepTranscript(
  t: Transition,
  it: Interaction,
  author: "contact" | "bot",
  text: string,
): void {
  const messageId = t.context.newId();
  t.messages.push({
    id: messageId,
    interactionId: it.id,
    direction: author === "contact" ? "inbound" : "outbound",
    author,
    text,
    at: t.at,
    status: author === "contact" ? "received" : "sent",
    failure: null,
  });
  t.emit({ type: "transcript.kept", interactionId: it.id, messageId, author });
}
