import { endTerm } from "./end_term.ts";
import { failMove } from "./end_move.ts";
import type { Turn } from "./turn.ts";

/**
 * Ends a holder's own term in favour of the other site: the server stops, every "held" that was told
 * to the cell runs out, and the lease is given back.
 */
export function giveWay(turn: Turn): void {
  const { state, seen, now } = turn;
  const { times, peer } = state.setup;
  const { since, reason } = state.givingWay!;
  if (state.moving) failMove(turn, `the site gives way: ${reason}`);
  const stopped = turn.fresh?.running === false;
  if (!stopped && now - since < times.stopMs) {
    if (seen.serverAt >= state.serverDoneAt || state.server) {
      turn.begin({ kind: "stop", mode: "immediate" }, times.stopMs);
    }
    return;
  }
  if (now < state.answeredUntil) return;
  turn.audit("lease-lost", { reason, next: peer });
  turn.actions.push({ kind: "release", next: peer });
  endTerm(turn);
  state.yieldUntil = now + times.yieldMs;
}
