import type { ServerObservation } from "./server_observation.ts";
import { tryForced } from "./try_forced.ts";
import type { Turn } from "./turn.ts";

/** A standby that fails to start this often in a row is copied anew. */
const HOPELESS = 4;

/**
 * What a site without the lease does: never be a primary, take over when it may, and else follow
 * whoever is active, with a new copy where its own has parted from that.
 */
export function decideFollower(turn: Turn): void {
  const { state, seen } = turn;
  noteNext(turn);
  if (tryForced(turn)) return;
  const may = mayAcquire(turn);
  if (isPrimary(turn) && !(may && isStarting(turn)) && !seen.lease.acquiring) {
    if (!isStarting(turn) || seen.lease.majority) {
      turn.begin({ kind: "stop", mode: "immediate" }, state.setup.times.stopMs);
      return;
    }
  }
  if (may) {
    if (!seen.lease.acquiring) turn.actions.push({ kind: "acquire", mode: may });
    return;
  }
  const server = turn.fresh;
  if (!server || seen.lease.acquiring) return;
  if (isActiveElsewhere(turn)) follow(turn, server);
  else waitReady(turn, server);
}

/** A keeper that has just started may find the primary that it left. */
function isStarting({ state, now }: Turn): boolean {
  return now - state.startedAt < state.setup.times.adoptMs;
}

function isPrimary({ fresh }: Turn): boolean {
  return !!fresh?.running && fresh.recovery === false;
}

function noteNext({ state, seen, now }: Turn): void {
  const record = seen.lease.newest?.record;
  const released = record && !record.holder && record.next === state.setup.peer ? record : null;
  if (!released) state.nextSeen = null;
  else if (state.nextSeen?.term !== released.term) {
    state.nextSeen = { term: released.term, at: now };
  }
}

/** How the lease may be asked for now; null when it may not. */
function mayAcquire(turn: Turn): "in-sync" | "bootstrap" | null {
  const { state, seen: { lease, server }, now } = turn;
  const { site, home, times } = state.setup;
  const { memory } = state;
  if (!lease.majority || lease.duplicate || lease.releasing || !server) return null;
  // What is given back to this site is for nobody else to take.
  const record = lease.newest?.record;
  const own = record?.holder === null && record.next === site;
  if (now < state.yieldUntil && !own) return null;
  if (state.nextSeen && now - state.nextSeen.at < times.handOverMs) return null;
  if (lease.blank) {
    if (site !== home) return null;
    if (memory === null) return "bootstrap";
    state.problem = "no witness knows of this cluster, yet its data is here: restore their folders";
    return null;
  }
  const newest = lease.newest!;
  if (newest.liveMs > 0) return null;
  if (newest.sync.term === 0) {
    return site === home && memory?.data !== "standby" ? "bootstrap" : null;
  }
  if (!newest.sync.inSync.includes(site)) return null;
  if (memory?.data === "primary") return server.hasData ? "in-sync" : null;
  if (memory?.data !== "standby") return null;
  // Where all sites start at once, the one that was active goes on.
  if (isStarting(turn) && !own) return null;
  return server.running && server.accepting && server.recovery === true ? "in-sync" : null;
}

/** The other site has published in its term, so nothing here can be the newest any more. */
function isActiveElsewhere({ state, seen: { lease: { newest } } }: Turn): boolean {
  if (!newest?.live || newest.record.holder?.site !== state.setup.peer) return false;
  return newest.sync.term === newest.record.term;
}

function follow(turn: Turn, server: ServerObservation): void {
  const { state, seen, now } = turn;
  const { peer, times } = state.setup;
  const { memory } = state;
  const streaming = server.running && server.recovery === true && server.receiver === "streaming";
  const term = seen.lease.newest!.record.term;
  if (streaming) {
    state.awaySince = null;
    const parted = memory?.data === "none" || (memory?.data === "primary" && !memory.handedOver);
    if (!parted) {
      if (memory?.data !== "standby") {
        turn.remember({ data: "standby", term, handedOver: false });
        turn.audit("rejoined", { primary: peer });
      }
      state.problem = null;
      return;
    }
  }
  if (!memory || memory.data === "none" || (memory.data === "primary" && !memory.handedOver)) {
    if (memory || !server.running) seed(turn);
    else state.awaySince ??= now;
    if (!memory && state.awaySince !== null && now - state.awaySince >= times.followMs) seed(turn);
    return;
  }
  if (!server.running) {
    const hopeless = state.failures >= HOPELESS && seen.peer?.healthy;
    // Somebody has removed the data so that it is copied anew.
    if (hopeless || !server.hasData) seed(turn);
    else turn.begin({ kind: "start-standby", primary: peer }, times.startMs);
    return;
  }
  state.awaySince ??= now;
  if (now - state.awaySince < times.followMs || !seen.peer?.healthy) return;
  state.problem = `nothing comes from ${peer}: the copy is made anew`;
  seed(turn);
}

function seed(turn: Turn): void {
  const { state, seen, now } = turn;
  const { peer, times } = state.setup;
  if (state.server || now < state.retryAt) return;
  if (!state.memory && now - state.startedAt < times.firstSeedMs) return;
  state.memoryBefore = state.memory;
  turn.remember({ data: "none", term: seen.lease.newest!.record.term, handedOver: false });
  turn.begin({ kind: "seed", primary: peer }, times.seedMs);
  state.awaySince = null;
}

/** Nobody is active: a standby runs, so that it can be promoted; a former primary waits. */
function waitReady(turn: Turn, server: ServerObservation): void {
  const { state } = turn;
  const { peer, times } = state.setup;
  state.awaySince = null;
  if (state.memory?.data === "standby" && !server.running) {
    turn.begin({ kind: "start-standby", primary: peer }, times.startMs);
  }
}
