import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { Transition } from "../tenants/transition.ts";

/** A recording has ended. Its interaction may be over: a killed PoP tells when it is back. */
export function decideRecorded(
  t: Transition,
  popId: string,
  interactionId: string,
  event: Extract<CallEvent, { type: "call.recorded" }>,
): void {
  const { recordingId, kind, startedAt, seconds, outcome, pauses } = event;
  const it = t.state.interactions.get(interactionId);
  const known = it?.recordings.find(({ id }) => id === recordingId);
  if (known && known.outcome !== null) return;
  const told = { interactionId, recordingId, popId, kind };
  t.emit({ type: "recording.ended", ...told, startedAt, seconds, outcome, pauses });
}
