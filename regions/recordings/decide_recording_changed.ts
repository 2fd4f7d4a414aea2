import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Transition } from "../tenants/transition.ts";

/** A PoP tells that a recording began, was paused or went on, or that its audio is gone. */
export function decideRecordingChanged(
  t: Transition,
  popId: string,
  interactionId: string,
  event: Extract<CallEvent, { type: "recording.changed" }>,
): void {
  const { recordingId, kind, state } = event;
  const recording = { interactionId, recordingId };
  if (state === "started") return t.emit({ type: "recording.started", ...recording, popId, kind });
  if (state === "deleted") return t.emit({ type: "recording.deleted", ...recording });
  t.emit({ type: "recording.changed", ...recording, state });
}
