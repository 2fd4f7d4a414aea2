import type { Message } from "../../protocol/interaction/message.ts";

/** How far a message got, and why it failed. */
export type MessageOutcome = Pick<Message, "status" | "failure">;

/** Why a message failed of which nobody told whether it was sent. */
export const OUTCOME_UNKNOWN = "outcome-unknown";

/** In the order in which one may follow another. */
const ORDER = ["pending", OUTCOME_UNKNOWN, "sent", "delivered", "read", "failed"];

/**
 * Whether what is told of an outgoing message counts. Providers report out of order: a status only
 * moves forward, and failed is final. But that nothing is known counts only while nothing is, and
 * gives way to whatever the provider tells later. `write_units.ts` says the same in SQL.
 */
export function statusMoves(known: MessageOutcome, told: MessageOutcome): boolean {
  return placeOf(known) < placeOf(told);
}

function placeOf({ status, failure }: MessageOutcome): number {
  return ORDER.indexOf(failure === OUTCOME_UNKNOWN ? failure : status);
}
