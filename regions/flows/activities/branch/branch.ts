import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { BranchActivity } from "./branch_schema.ts";

/** Goes to `next` when the condition holds, else to `otherwise`. */
export const branch = defineActivity({
  schema: BranchActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { condition, next, otherwise } = step.activity;
    return goTo(step.isTrue(condition) ? next : otherwise);
  },
});
