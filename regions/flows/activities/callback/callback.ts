import { PhoneNumber } from "../../../../protocol/ids/names.ts";
import { callbackRefusal, keepPlace } from "../../../callbacks/keep_place.ts";
import { placeInQueue } from "../../../queues/place_in_queue.ts";
import { defineActivity } from "../../define_activity.ts";
import type { FlowStep } from "../../engine/flow_step.ts";
import { goTo } from "../../engine/outcome.ts";
import { CallbackActivity } from "./callback_schema.ts";

/** Makes the caller someone who is to be called. O(log n) in the queue. */
export const callback = defineActivity({
  schema: CallbackActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "never",
  enter(step) {
    const { activity, it, configuration } = step;
    const refused = goTo(activity.onRefused);
    const number = PhoneNumber.safeParse(step.text(activity.number).trim());
    const waits = it.phase === "queued";
    const queueId = waits ? it.place!.queueId : activity.queueId;
    const queue = configuration.queues.get(queueId ?? "");
    const stands = it.call && !it.call.ended && !it.virtual;
    if (!number.success || !stands || !queue || queue.kind !== "voice") return refused;
    if (callbackRefusal(step.t, queue.id, number.data)) return refused;
    if (!waits) place(step);
    const { withinSeconds } = activity;
    keepPlace(step.t, it, { number: number.data, withinSeconds, hangsUp: false });
    return goTo(activity.next);
  },
});

/** Gives a caller who does not wait yet a place at the end of the queue. */
function place({ t, it, activity, configuration }: FlowStep<CallbackActivity>): void {
  placeInQueue(t, it, configuration.queues.get(activity.queueId!)!, {
    priority: 0,
    music: "hold-music",
    requirements: [],
    relaxation: [],
    agentId: null,
    onUnavailable: null,
    keepsPlace: false,
  });
}
