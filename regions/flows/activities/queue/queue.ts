import { defineActivity } from "../../define_activity.ts";
import { queueInteraction } from "../../../interactions/queue_interaction.ts";
import { goTo, STOP } from "../../engine/outcome.ts";
import { QueueActivity } from "./queue_schema.ts";

/** Queues the contact. O(log n) in the queue. */
export const queue = defineActivity({
  schema: QueueActivity,
  kinds: ["voice", "digital"],
  inHandlers: false,
  waits: "maybe",
  enter(step) {
    const next = queueInteraction(step.t, step.it, step.activity);
    return next === null ? STOP : goTo(next);
  },
});
