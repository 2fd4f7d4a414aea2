import { flow } from "../builder/flow.ts";
import type { FlowTemplate } from "./flow_template.ts";

/** Questions to somebody who writes, before an agent has them. */
export const digitalQuestions: FlowTemplate = {
  name: "Questions before an agent",
  description: "Greets who writes, asks what it is about and for an order number, and queues them.",
  channels: ["whatsapp"],
  document: flow("digital-questions", {
    ...{ name: "Questions before an agent", kind: "digital" },
    variables: {
      subject: { agentViewable: true, reportable: true },
      order: { agentViewable: true, agentEditable: true },
    },
    ...{ start: "greeting", onError: "queue" },
    activities: {
      greeting: {
        ...{ type: "send-message", next: "subject" },
        text: "Hello {{ contactName | default('there') }}, thank you for writing.",
      },
      subject: {
        ...{ type: "ask", text: "Is it about an order, or something else?", variable: "subject" },
        ...{ choices: ["order", "something else"], timeoutSeconds: 900 },
        ...{ next: "about", onTimeout: "queue" },
      },
      about: {
        type: "branch",
        condition: "subject == 'order'",
        next: "order",
        otherwise: "thanks",
      },
      order: {
        ...{ type: "ask", text: "What is its number?", variable: "order", timeoutSeconds: 900 },
        ...{ next: "thanks", onTimeout: "queue" },
      },
      thanks: {
        ...{ type: "send-message", text: "Thank you. Somebody will be with you.", next: "queue" },
      },
      queue: { type: "queue", queueId: "messages" },
    },
  }),
};
