import { mayRecord } from "../../../recordings/may_record.ts";
import { wholeCallRecording } from "../../../recordings/whole_call_recording.ts";
import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { goTo } from "../../engine/outcome.ts";
import { RecordActivity } from "./record_schema.ts";

/** Begins to record the whole call, pauses, goes on, or stops. */
export const record = defineActivity({
  schema: RecordActivity,
  kinds: ["voice"],
  inHandlers: true,
  waits: "never",
  enter(step) {
    const { it, activity: { action, next } } = step;
    const running = wholeCallRecording(it);
    // What is as it should be stays so.
    if ((action === "start") === (running !== undefined)) return goTo(next);
    if (!running && !mayRecord(it)) {
      throw new FlowFault("not-available", "There is no call to record");
    }
    const recordingId = running?.id ?? step.t.context.newId();
    const asked = { type: "recording.requested", interactionId: it.id, kind: "call" } as const;
    step.t.emit({ ...asked, recordingId, action });
    return goTo(next);
  },
});
