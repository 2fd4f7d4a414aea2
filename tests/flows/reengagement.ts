import type { FlowDraft } from "./flow_draft.ts";

/**
 * An answer that takes longer than Whatsapp's service window: the contact is written to by a template
 * afterwards, and goes on from there.
 *
 * @param seconds How long the answer takes.
 */
export function reengagement(seconds = 25 * 3600): FlowDraft {
  return {
    id: "reengagement",
    name: "Delivery enquiries",
    kind: "digital",
    start: "order",
    variables: { order: { agentViewable: true }, answer: "" },
    onError: "person",
    activities: {
      order: {
        type: "ask",
        text: "Hello {{ contactName }}, what is the number of your order?",
        variable: "order",
        timeoutSeconds: 600,
        next: "promise",
        onTimeout: "person",
      },
      promise: {
        type: "send-message",
        text: "We look for order {{ order | upper }} and write to you.",
        next: "look",
      },
      look: { type: "wait", seconds, next: "template" },
      template: {
        type: "send-template",
        name: "order_found",
        language: "en_GB",
        parameters: ["{{ contactName }}", "{{ order | upper }}"],
        next: "more",
      },
      more: {
        type: "ask",
        text: "Is there anything else?",
        choices: ["yes", "no"],
        variable: "answer",
        timeoutSeconds: 3600,
        next: "answered",
        onTimeout: "bye",
      },
      answered: { type: "branch", condition: "answer == 'yes'", next: "person", otherwise: "bye" },
      person: { type: "queue", queueId: "chat" },
      bye: { type: "close", text: "Goodbye!" },
    },
  };
}
