import { isMovingAway } from "./find_move.ts";
import type { Turn } from "./turn.ts";

/** Sees that a holder's server crashed, hangs, cannot write or does not become the primary. */
export function watchPrimary(turn: Turn): void {
  const { state, seen, now } = turn;
  const { times } = state.setup;
  const { server } = seen;
  if (isMovingAway(turn) || state.givingWay) return;
  if (state.serving && server && seen.serverAt >= state.serverDoneAt) {
    const up = server.running && server.accepting && server.recovery === false;
    if (!server.running) {
      Object.assign(state, { serving: false, primaryBy: now + times.restartMs });
      Object.assign(state, { joining: null, goodSince: null, badSince: null });
    } else if (up) state.primaryBy = null;
    else state.primaryBy ??= now + times.failingWritesMs;
    state.failingSince = up && server.writes === "failing" ? state.failingSince ?? now : null;
  }
  if (state.failingSince !== null && now - state.failingSince >= times.failingWritesMs) {
    state.problem = "the server cannot write: look at its disk";
    if (peerHasAll(turn)) state.givingWay = { since: now, reason: "its server cannot write" };
  }
  if (state.primaryBy === null || now < state.primaryBy) return;
  if (peerHasAll(turn)) {
    state.givingWay = { since: now, reason: "its server is no primary that takes queries" };
  } else {
    state.primaryBy = now + times.takeOverMs;
    if (server?.running) turn.begin({ kind: "stop", mode: "immediate" }, times.stopMs);
  }
}

function peerHasAll({ state, seen }: Turn): boolean {
  const { sync, term } = seen.lease.mine!;
  const { peer, site } = state.setup;
  // Whoever took over and could not become the primary lets the other have it back.
  return sync.inSync.includes(peer) && (sync.term !== term || sync.inSync.includes(site));
}
