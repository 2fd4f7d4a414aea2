import { setMove } from "./end_move.ts";
import type { Turn } from "./turn.ts";

/** Asks for the lease for a forced promotion. True while that goes on. */
export function tryForced(turn: Turn): boolean {
  const { state, seen, now } = turn;
  const { forcing } = state;
  if (!forcing) return false;
  if (now >= forcing.deadline) {
    endForced(turn, "failed", "the lease could not be taken in time; nothing was changed");
    return false;
  }
  if (!seen.lease.acquiring) {
    const has = !!seen.lease.newest?.sync.inSync.includes(state.setup.site);
    turn.actions.push({ kind: "acquire", mode: has ? "in-sync" : "accept-loss" });
  }
  return true;
}

/** Ends a forced promotion. */
export function endForced(turn: Turn, state: "done" | "failed", problem: string | null): void {
  const { forcing } = turn.state;
  if (!forcing) return;
  turn.state.forcing = null;
  const epochAfter = state === "done" ? turn.seen.server?.timeline ?? null : null;
  setMove(turn, forcing.id, { state, problem, epochAfter });
}
