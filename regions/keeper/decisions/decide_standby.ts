import { isNear } from "./is_near.ts";
import type { ServerObservation } from "./server_observation.ts";
import type { Turn } from "./turn.ts";

/**
 * What a primary does about its standby. While commits wait for it and it is away for too long, the
 * majority first learns that it no longer has everything, and only then do commits stop waiting. It
 * is taken in again the other way round: commits wait for it, it catches up, the majority learns.
 */
export function decideStandby(turn: Turn, server: ServerObservation): void {
  const { state, seen } = turn;
  const { peer } = state.setup;
  const mine = seen.lease.mine!;
  const named = server.synchronous === peer;
  const counted = mine.sync.inSync.includes(peer);
  passBarrier(turn, server, counted, mine.durable);
  if (counted) {
    if (!named) setSynchronous(turn, peer);
    else degrade(turn, server);
  } else if (named && !state.joining) {
    if (mine.durable) setSynchronous(turn, null);
  } else join(turn, server, named);
}

function passBarrier(
  { state }: Turn,
  { standby }: ServerObservation,
  counted: boolean,
  durable: boolean,
): void {
  if (state.barrier === null) return;
  const there = standby?.sync && standby.name === state.setup.peer &&
    standby.replayed >= state.barrier;
  if (there || (!counted && durable)) state.barrier = null;
}

function setSynchronous(turn: Turn, standby: string | null): boolean {
  return turn.begin({ kind: "set-synchronous", standby }, turn.state.setup.times.checkMs);
}

function degrade(turn: Turn, server: ServerObservation): void {
  const { state, seen, now } = turn;
  const { site, peer, times } = state.setup;
  if (isNear(server, state.setup, times.degradeAfterMs)) {
    state.badSince = null;
    return;
  }
  state.badSince ??= now;
  // What lags by that much has been behind for as long already.
  const behind = (server.standby?.lagMs ?? 0) >= times.degradeAfterMs;
  if (!behind && now - state.badSince < times.degradeAfterMs) return;
  const reason = behind ? `the standby at ${peer} is behind` : `the standby at ${peer} is away`;
  state.degraded = { since: seen.wall, reason };
  state.badSince = null;
  turn.actions.push({ kind: "publish", inSync: [site] });
  turn.audit("degraded", { reason });
}

function join(turn: Turn, server: ServerObservation, named: boolean): void {
  const { state, seen, now } = turn;
  const { site, peer, times } = state.setup;
  if (!state.degraded) {
    state.degraded = { since: seen.wall, reason: `the standby at ${peer} is not in sync yet` };
  }
  if (!state.joining) {
    const near = isNear(server, state.setup, times.readmitLagMs);
    state.goodSince = near ? state.goodSince ?? now : null;
    if (state.goodSince === null || now - state.goodSince < times.readmitAfterMs) return;
    if (setSynchronous(turn, peer)) {
      Object.assign(state, { joining: { namedSince: null, reach: null }, goodSince: null });
      state.badSince = null;
    }
    return;
  }
  if (!isNear(server, state.setup, times.degradeAfterMs)) {
    state.badSince ??= now;
    if (now - state.badSince >= times.degradeAfterMs) {
      Object.assign(state, { joining: null, badSince: null });
    }
    return;
  }
  state.badSince = null;
  const { standby } = server;
  if (!named || !standby!.sync) {
    state.joining = { namedSince: null, reach: null };
    if (!named) setSynchronous(turn, peer);
    return;
  }
  const { namedSince, reach } = state.joining;
  if (namedSince === null) state.joining = { namedSince: now, reach: null };
  if (namedSince === null || now - namedSince < times.settleMs) return;
  // Whatever was written before commits began to wait lies below this.
  if (reach === null) state.joining = { ...state.joining, reach: server.position };
  else if (standby!.replayed >= reach) {
    Object.assign(state, { joining: null, degraded: null });
    turn.actions.push({ kind: "publish", inSync: [site, peer] });
    turn.audit("restored", { standby: peer });
  }
}
