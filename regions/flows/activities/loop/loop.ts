import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { LoopActivity } from "./loop_schema.ts";

/** Counts how often the flow has come by, and leaves after the last time. */
export const loop = defineActivity({
  schema: LoopActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { times, next, onDone } = step.activity;
    const { rounds } = step;
    if (rounds < times) {
      step.setRounds(rounds + 1);
      return goTo(next);
    }
    step.setRounds(0);
    return goTo(onDone);
  },
});
