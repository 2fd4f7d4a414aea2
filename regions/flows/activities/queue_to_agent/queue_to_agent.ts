import { defineActivity } from "../../define_activity.ts";
import { queueToAgent as queueTo } from "../../../interactions/queue_to_agent.ts";
import { goTo, STOP } from "../../engine/outcome.ts";
import { QueueToAgentActivity } from "./queue_to_agent_schema.ts";

/** Queues the contact to one agent. O(log n) in the agent's line. */
export const queueToAgent = defineActivity({
  schema: QueueToAgentActivity,
  kinds: ["voice", "digital"],
  inHandlers: false,
  waits: "maybe",
  enter(step) {
    const agentId = step.text(step.activity.agentId).trim();
    const next = queueTo(step.t, step.it, step.activity, agentId);
    return next === null ? STOP : goTo(next);
  },
});
