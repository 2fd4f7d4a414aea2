import { defineActivity } from "../../define_activity.ts";
import { goTo, waitFor } from "../../engine/outcome.ts";
import { WaitActivity } from "./wait_schema.ts";

/** Waits for a while; a caller hears what was playing. */
export const wait = defineActivity({
  schema: WaitActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "always",
  resumes: "waiting",
  enter: (step) => waitFor(step.at + step.activity.seconds * 1000),
  heard: (step, answer) => answer.type === "timer" ? goTo(step.activity.next) : null,
});
