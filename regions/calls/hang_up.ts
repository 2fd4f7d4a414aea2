import type { EndCause } from "../../protocol/pop_link/call_event.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/** The PoP must have reported the end of a call within this time, in milliseconds. */
const HANG_UP_MS = 30_000;

/** SIP statuses for calls that are refused before they were answered (RFC 3261 section 21). */
const REFUSALS: Partial<Record<EndCause, number>> = { "flow-hung-up": 603, failure: 500 };

/**
 * Ends an interaction from our side. A call ends once its PoP has reported so; a digital
 * interaction ends at once.
 */
export function hangUp(t: Transition, it: Interaction, cause: EndCause): void {
  if (it.call && !it.call.ended) {
    if (it.call.hangUpBy !== null) return;
    if (it.phase === "postponed") {
      // Who is to be called back stays; nobody is called before this call has ended.
      const deadline = it.place?.until ?? t.at + HANG_UP_MS;
      t.emit({ type: "call.release-requested", interactionId: it.id, cause, deadline });
      return;
    }
    // A message that ended so says that the caller has hung up already.
    const left = it.recordings.some(({ outcome }) => outcome === "hung-up");
    t.emit({
      type: "call.hang-up-requested",
      interactionId: it.id,
      cause: left ? "caller-hung-up" : cause,
      sipStatus: it.call.answered ? null : REFUSALS[cause] ?? 480,
      deadline: t.at + HANG_UP_MS,
    });
    return;
  }
  t.emit({ type: "interaction.ended", interactionId: it.id, cause, agentId: it.agentId });
}
