import { defineActivity } from "../../define_activity.ts";
import { goTo } from "../../engine/outcome.ts";
import { queueInformation as read } from "../../../queues/queue_information.ts";
import { QueueInformationActivity } from "./queue_information_schema.ts";

/** Sets queuePosition, estimatedWaitSeconds, agentsAvailable and agentsSignedIn. */
export const queueInformation = defineActivity({
  schema: QueueInformationActivity,
  kinds: ["voice", "digital"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { queueId, next } = step.activity;
    for (const [variable, value] of read(step.t, step.it, queueId)) step.setText(variable, value);
    return goTo(next);
  },
});
