import type { FlowStep } from "../../engine/flow_step.ts";
import { type Outcome, waitFor } from "../../engine/outcome.ts";
import type { TransferActivity } from "./transfer_schema.ts";

/** Time a PoP may take beyond the ringing itself, in milliseconds. */
const GRACE_MS = 10_000;

/**
 * Has the caller's PoP call a number as the B leg; a caller who waits in a queue waits there no
 * more. Null when there is no call to pass on.
 */
export function callNumber(
  { t, it }: FlowStep<TransferActivity>,
  { number, ringSeconds, prompt }: { number: string; ringSeconds: number; prompt: string },
): Outcome | null {
  if (!it.call || it.call.ended || it.virtual) return null;
  if (it.phase === "queued") {
    t.emit({ type: "interaction.left-queue", interactionId: it.id, reason: "transfer" });
  }
  const legId = t.context.newId();
  t.emit({
    type: "interaction.transferring",
    interactionId: it.id,
    ...{ legId, number, callerId: it.callerId, ringSeconds, prompt },
  });
  return waitFor(t.at + ringSeconds * 1000 + GRACE_MS, legId);
}
