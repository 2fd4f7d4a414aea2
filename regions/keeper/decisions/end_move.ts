import type { SwitchOver } from "../../../protocol/keeper/switch_over.ts";
import { findMove } from "./find_move.ts";
import type { Turn } from "./turn.ts";

/** Sets a switch-over's facts, and the time when it reached a state that is new. */
export function setMove(turn: Turn, id: string, facts: Partial<SwitchOver>): void {
  const { state, seen } = turn;
  state.switchOvers = state.switchOvers.map((it) => {
    if (it.id !== id) return it;
    const next = { ...it, ...facts };
    if (!facts.state || facts.state === it.state) return next;
    return { ...next, steps: [...it.steps, { state: facts.state, at: seen.wall }] };
  });
}

/** Ends a switch-over that did not come to its end: the cell goes on, and so does this site. */
export function failMove(turn: Turn, problem: string): void {
  const { state, seen, now } = turn;
  const move = findMove(turn);
  state.moving = null;
  if (!move) return;
  const { times } = state.setup;
  setMove(turn, move.id, { state: "failed", problem });
  const { from, to, requestedBy } = move;
  turn.audit("switch-over", { id: move.id, from, to, failed: problem }, requestedBy);
  if (move.state === "draining" || move.state === "stopping") {
    turn.tell({ kind: "resume" }, times.drainMs);
  }
  if (move.state === "stopping" && seen.lease.mine) {
    // The server may hang in its shutdown: it is ended and started again where it is.
    Object.assign(state, { serving: false, primaryBy: now + times.takeOverMs });
    if (state.server || seen.server?.running) {
      turn.begin({ kind: "stop", mode: "immediate" }, times.stopMs);
    }
  }
}
