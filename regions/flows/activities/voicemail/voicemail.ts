import { mayRecord } from "../../../recordings/may_record.ts";
import { defineActivity } from "../../define_activity.ts";
import { FlowFault } from "../../engine/flow_fault.ts";
import { FLOW_LIMITS } from "../../engine/flow_limits.ts";
import { goTo, waitFor } from "../../engine/outcome.ts";
import { PLAY_MS } from "../../spoken/play_ms.ts";
import { renderItems } from "../../spoken/render_items.ts";
import { spokenItems } from "../../spoken/spoken_item.ts";
import { listMessage } from "./list_message.ts";
import { VoicemailActivity } from "./voicemail_schema.ts";

/** Records a message. A caller who hangs up leaves it all the same. */
export const voicemail = defineActivity({
  schema: VoicemailActivity,
  kinds: ["voice"],
  inHandlers: false,
  waits: "always",
  enter(step) {
    const { activity, it } = step;
    if (!mayRecord(it)) throw new FlowFault("not-available", "There is no call to record");
    const { beep, maxSeconds, silenceSeconds, terminator } = activity;
    const items = renderItems(step, spokenItems(activity));
    const recordingId = step.t.context.newId();
    const asked = { kind: "message", action: "start" } as const;
    step.t.emit({ type: "recording.requested", interactionId: it.id, recordingId, ...asked });
    step.pop({
      ...{ type: "record-message", recordingId, items },
      ...{ beep, maxSeconds, silenceSeconds, terminator },
    });
    return waitFor(step.at + PLAY_MS + maxSeconds * 1000 + FLOW_LIMITS.graceMs);
  },
  heard(step, answer) {
    if (answer.type !== "recorded") return null;
    const { recordingId, seconds, outcome } = answer;
    const { activity } = step;
    if (outcome === "failed" && seconds === 0) {
      throw new FlowFault("record-failed", "The PoP could not record");
    }
    if (outcome === "empty" || seconds < activity.minSeconds) {
      return goTo(activity.onEmpty ?? activity.next);
    }
    step.setText(activity.recordingVariable ?? "recordingId", recordingId);
    const whole = String(Math.round(seconds));
    step.setText(activity.secondsVariable ?? "recordingSeconds", whole);
    const { queueId, withinSeconds } = activity;
    if (queueId !== undefined) {
      listMessage(step, { queueId, withinSeconds, recordingId, seconds: whole });
    }
    return goTo(activity.next);
  },
});
