import type { FlowDraft } from "./flow_draft.ts";

/** A bot answers in writing first, and hands over to a person who sees what was said. */
export const BOT: FlowDraft = {
  id: "bot",
  name: "Bot first",
  kind: "digital",
  start: "bot",
  onError: "person",
  variables: { topic: { agentViewable: true }, why: { agentViewable: true } },
  handlers: [{ event: "agent-answered", start: "show" }],
  activities: {
    bot: {
      type: "virtual-agent",
      virtualAgentId: "helper",
      passes: ["contactName"],
      returns: { topic: "topic" },
      reasonVariable: "why",
      onHandled: "bye",
      onEscalated: "person",
    },
    person: { type: "send-message", text: "A colleague takes over.", next: "wait" },
    wait: { type: "queue", queueId: "chat" },
    bye: { type: "close", text: "Thank you, {{ contactName }}." },
    show: {
      type: "screen-pop",
      url: "https://crm.example/topics/{{ topic | urlencode }}",
      title: "{{ topic | default('Topic') }}",
    },
  },
};
