import type { FlowDraft } from "./flow_draft.ts";

/** Post is answered at once, sorted by what it is about, and watched until someone replies. */
export const TRIAGE: FlowDraft = {
  id: "triage",
  name: "Triage of post",
  kind: "digital",
  start: "thanks",
  variables: {
    subject: { agentViewable: true },
    urgent: { type: "boolean", value: "false" },
    late: { type: "number", value: "0", agentViewable: true },
  },
  onError: "to-mail",
  handlers: [
    { event: "response-overdue", start: "late" },
    { event: "custom", name: "escalated", start: "tell" },
  ],
  activities: {
    thanks: {
      type: "ask",
      text: "Thank you for writing. What is it about?",
      variable: "subject",
      timeoutSeconds: 600,
      next: "judge",
      onTimeout: "to-mail",
    },
    judge: {
      type: "set",
      variable: "urgent",
      expression: "(subject | lower) contains 'urgent' or (subject | lower) contains 'cancel'",
      next: "sort",
    },
    sort: {
      type: "branch",
      condition: "(subject | lower) contains 'invoice'",
      next: "to-invoices",
      otherwise: "hurry",
    },
    hurry: { type: "branch", condition: "urgent", next: "to-urgent", otherwise: "to-mail" },
    "to-invoices": {
      type: "queue",
      queueId: "mail",
      requirements: [{ skillId: "accounts", is: true }],
      relaxation: [{ afterSeconds: 300, requirements: [] }],
    },
    "to-urgent": { type: "queue", queueId: "mail", priority: 9 },
    "to-mail": { type: "queue", queueId: "mail" },
    late: { type: "set", variable: "late", expression: "late + 1", next: "escalate" },
    escalate: { type: "emit-event", name: "escalated" },
    tell: { type: "send-message", text: "We have not forgotten you." },
  },
};
