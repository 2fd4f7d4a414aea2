import { absorbResults } from "./absorb_results.ts";
import { decideFollower } from "./decide_follower.ts";
import { decideHolder } from "./decide_holder.ts";
import { decideMove } from "./decide_move.ts";
import { endTerm } from "./end_term.ts";
import type { KeeperAction } from "./keeper_action.ts";
import type { KeeperObservation } from "./keeper_observation.ts";
import type { KeeperState } from "./keeper_state.ts";
import { takeRequests } from "./take_requests.ts";
import { Turn } from "./turn.ts";

/** What a keeper decides: its state from then on, and what is to be done, in order. */
export interface KeeperDecision {
  state: KeeperState;
  actions: KeeperAction[];
}

/**
 * Decides for one cluster at one site. Call it every 100 ms or so, and at once when the lease
 * changes, an operation ends or an operator asks. Its actions for the lease are carried out, and its
 * state is kept, before it is called again. No I/O; O(switch-overs kept).
 * @param now monotonic ms, the same clock as the lease's
 */
export function decideKeeper(
  before: KeeperState,
  seen: KeeperObservation,
  now: number,
): KeeperDecision {
  const turn = new Turn({ ...before }, seen, now);
  absorbResults(turn);
  noteTerm(turn);
  takeRequests(turn);
  decideMove(turn);
  const { duplicate, mine } = seen.lease;
  if (duplicate && !mine) refuseDuplicate(turn);
  else {
    turn.state.duplicate = false;
    // A term that was given back in this very turn is still in view.
    if (mine && turn.state.term === mine.term) decideHolder(turn);
    else if (!mine) decideFollower(turn);
  }
  return { state: turn.state, actions: turn.actions };
}

/** Notes that a term began or ended. One that was lost leaves no primary behind. */
function noteTerm(turn: Turn): void {
  const { state, seen, now } = turn;
  const { mine, newest } = seen.lease;
  if (mine && state.term === null) {
    endTerm(turn);
    Object.assign(state, { term: mine.term, primaryBy: now + state.setup.times.takeOverMs });
    if (state.forcing && state.memory?.data !== "standby") {
      // A former primary's folder comes up as a standby, so that it gets a timeline of its own.
      turn.remember({ data: "standby", term: mine.term, handedOver: false });
    }
    turn.audit("lease-acquired", { inSync: mine.sync.inSync, before: newest?.position ?? null });
  } else if (mine) state.term = mine.term;
  else if (state.term !== null) {
    turn.audit("lease-lost", { reason: "no majority of the witnesses confirms it" });
    endTerm(turn);
    if (state.server || seen.server?.running !== false) {
      turn.begin({ kind: "stop", mode: "immediate" }, state.setup.times.stopMs);
    }
  }
}

/** The other keeper of this name is the one that acts. */
function refuseDuplicate(turn: Turn): void {
  const { state } = turn;
  state.problem = `another keeper goes by the name ${state.setup.site}: stop one of the two`;
  if (!state.duplicate) turn.audit("duplicate-keeper");
  state.duplicate = true;
}
