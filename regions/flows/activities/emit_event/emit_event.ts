import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { EmitEventActivity } from "./emit_event_schema.ts";

/** Raises a custom event; its handlers begin when the decision under way is made. */
export const emitEvent = defineActivity({
  schema: EmitEventActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { name, next } = step.activity;
    step.t.raise(step.it.id, "custom", { name, agentId: step.it.agentId });
    return goTo(next);
  },
});
