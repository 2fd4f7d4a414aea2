import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { mayRecord } from "./may_record.ts";
import { wholeCallRecording } from "./whole_call_recording.ts";

/**
 * Does what the queue says of recording when one of its agents takes a call: `always` begins unless
 * it is recorded already, `never` ends what the flow began, `flow` leaves it to the flow.
 */
export function recordByQueue(t: Transition, it: Interaction): void {
  const policy = t.configuration.queues.get(it.place?.queueId ?? "")?.record;
  const running = wholeCallRecording(it);
  const asked = { type: "recording.requested", interactionId: it.id, kind: "call" } as const;
  if (policy === "always" && !running && mayRecord(it)) {
    t.emit({ ...asked, recordingId: t.context.newId(), action: "start" });
  }
  if (policy === "never" && running) {
    t.emit({ ...asked, recordingId: running.id, action: "stop" });
  }
}
