import type { FlowDraft } from "./flow_draft.ts";

/** Important callers: their own agent, else the best ones, who are asked for less and less. */
export const VIP: FlowDraft = {
  id: "vip",
  name: "Important callers",
  kind: "voice",
  start: "who",
  onError: "anyone",
  variables: {
    customer: { type: "json" },
    vip: { type: "boolean", value: "false", agentViewable: true },
  },
  activities: {
    who: {
      type: "http-request",
      connectorId: "bank",
      path: "/callers/{{ callerNumber }}",
      outputs: [{ variable: "customer", path: "$", type: "json" }],
      timeoutSeconds: 3,
      next: "judge",
      onStatus: [{ status: "404", next: "anyone" }],
    },
    judge: {
      type: "set",
      variable: "vip",
      expression: "customer.tier == 'gold'",
      next: "important",
    },
    important: { type: "branch", condition: "vip", next: "own", otherwise: "anyone" },
    own: {
      type: "queue-to-agent",
      agentId: "{{ customer.manager }}",
      queueId: "service",
      priority: 9,
      onUnavailable: "best",
    },
    best: {
      type: "queue",
      queueId: "service",
      priority: 9,
      requirements: [{ skillId: "vip", atLeast: 8 }],
      relaxation: [
        { afterSeconds: 15, requirements: [{ skillId: "vip", atLeast: 4 }] },
        { afterSeconds: 30, requirements: [] },
      ],
      next: "information",
    },
    information: { type: "queue-information", queueId: "service", next: "far" },
    far: {
      type: "branch",
      condition: "queuePosition > 1 or agentsAvailable == 0",
      next: "excuse",
      otherwise: "patience",
    },
    excuse: {
      type: "play",
      items: [{ type: "say", text: "You are number {{ queuePosition }}. We are with you soon." }],
      next: "patience",
    },
    patience: { type: "wait", seconds: 15, next: "information" },
    anyone: { type: "queue", queueId: "service" },
  },
};
