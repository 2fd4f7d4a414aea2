import { checkMove } from "./check_move.ts";
import { failMove, setMove } from "./end_move.ts";
import { endTerm } from "./end_term.ts";
import { findMove } from "./find_move.ts";
import { isHeld } from "./is_held.ts";
import { endForced } from "./try_forced.ts";
import type { Turn } from "./turn.ts";

/**
 * Drives a switch-over from this site to the other, one step at a time: checkpoint, the cell holds
 * still, the server stops with all its log at the standby, the lease is given to the other site.
 * Each step has a deadline; when it passes, this site goes on.
 */
export function decideMove(turn: Turn): void {
  const { state, seen, now } = turn;
  watchForced(turn);
  const move = findMove(turn);
  if (!move) return;
  if (move.state === "handing-over") return awaitOther(turn);
  if (!seen.lease.mine) return failMove(turn, "the lease was lost meanwhile");
  if (now >= state.moving!.deadline) {
    return failMove(turn, `${move.state} did not end in time; ${state.setup.site} goes on`);
  }
  if (move.state === "checking") check(turn);
  else if (move.state === "draining") drain(turn);
  else if (move.state === "stopping") stop(turn);
}

/** A checkpoint first, so that the stop has little left to write. */
function check(turn: Turn): void {
  const { state, now } = turn;
  const { times } = state.setup;
  const { id } = state.moving!;
  if (state.server || !turn.fresh) return;
  const move = findMove(turn)!;
  if (!move.steps.some((it) => it.state === "checkpoint")) {
    if (!turn.begin({ kind: "checkpoint" }, times.checkMs)) return;
    const steps = [...move.steps, { state: "checkpoint", at: turn.seen.wall }];
    setMove(turn, id, { steps });
    return;
  }
  const forMs = times.drainMs + 2 * times.stopMs + times.handOverMs;
  setMove(turn, id, { state: "draining" });
  state.moving = { id, deadline: now + times.drainMs, drained: false, asked: false };
  if (turn.seen.cell?.healthy) turn.tell({ kind: "drain", forMs }, times.drainMs);
}

function drain(turn: Turn): void {
  const { state, now } = turn;
  const { times } = state.setup;
  const { id, drained } = state.moving!;
  // Without a cell there is nobody to hold still, but one may have heard "held" before it went.
  if (!drained && (state.cell || turn.seen.cell?.healthy)) return;
  if (state.server || !turn.fresh) return;
  const bad = checkMove(turn).filter((it) => !it.ok);
  if (bad.length > 0) {
    return failMove(turn, bad.map((it) => `${it.name}: ${it.detail}`).join("; "));
  }
  if (!turn.begin({ kind: "stop", mode: "fast" }, times.stopMs)) return;
  setMove(turn, id, { state: "stopping" });
  state.moving = { id, deadline: now + times.stopMs + 2000, drained, asked: false };
}

function stop(turn: Turn): void {
  const { state, now } = turn;
  const { times, peer } = state.setup;
  const { id, drained } = state.moving!;
  if (state.server || turn.fresh?.running !== false) return;
  if (!drained && now < state.answeredUntil) return;
  const term = turn.seen.lease.mine!.term;
  turn.remember({ data: "primary", term, handedOver: true });
  turn.actions.push({ kind: "release", next: peer });
  setMove(turn, id, { state: "handing-over" });
  state.moving = { id, deadline: now + times.handOverMs + times.ttlMs, drained, asked: false };
  endTerm(turn);
  state.yieldUntil = now + times.handOverMs;
}

function awaitOther(turn: Turn): void {
  const { state, seen, now } = turn;
  const { id, deadline, asked } = state.moving!;
  const { newest, mine } = seen.lease;
  if (!asked && !mine && !seen.lease.releasing) {
    turn.actions.push({ kind: "take", site: state.setup.peer });
    state.moving = { ...state.moving!, asked: true };
  }
  const there = newest?.live && newest.record.holder?.site === state.setup.peer &&
    newest.sync.term === newest.record.term && newest.position !== null;
  if (there) {
    const epochAfter = newest.position!.timeline;
    const { to, from, requestedBy } = findMove(turn)!;
    setMove(turn, id, { state: "done", epochAfter });
    turn.audit("switch-over", { id, from, to, epochAfter }, requestedBy);
    state.moving = null;
  } else if (now >= deadline || (mine && state.term === mine.term)) {
    failMove(turn, `${state.setup.peer} did not take over; ${state.setup.site} takes it back`);
  }
}

function watchForced(turn: Turn): void {
  const { state, seen, now } = turn;
  if (!state.forcing || !seen.lease.mine) return;
  if (isHeld(state, seen.lease, seen.server, now)) endForced(turn, "done", null);
  else if (now >= state.forcing.deadline) {
    endForced(turn, "failed", "the server did not become the primary in time; it goes on trying");
  }
}
