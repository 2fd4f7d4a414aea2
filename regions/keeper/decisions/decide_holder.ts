import { formatLsn } from "../lease/lsn.ts";
import { decideStandby } from "./decide_standby.ts";
import { isMovingAway } from "./find_move.ts";
import { giveWay } from "./give_way.ts";
import type { ServerObservation } from "./server_observation.ts";
import type { Turn } from "./turn.ts";
import { watchPrimary } from "./watch_primary.ts";

/** What the holder of the lease does: become the primary, keep its standby, or give way. */
export function decideHolder(turn: Turn): void {
  watchPrimary(turn);
  if (turn.state.givingWay) return giveWay(turn);
  const server = turn.fresh;
  if (!server || isMovingAway(turn)) return;
  if (server.running && server.recovery === false && server.accepting) {
    tellPosition(turn, server);
    if (becomePrimary(turn, server)) decideStandby(turn, server);
  } else if (server.running && server.recovery === true && server.accepting) promote(turn, server);
  else if (!server.running) start(turn, server);
}

function tellPosition({ actions, seen }: Turn, { timeline, position }: ServerObservation): void {
  if (timeline === null || position === null) return;
  actions.push({
    kind: "position",
    position: { timeline, lsn: formatLsn(position), at: seen.wall },
  });
}

/** True once the term's first statement of who is in sync is out. */
function becomePrimary(turn: Turn, server: ServerObservation): boolean {
  const { state, seen } = turn;
  const { site, peer } = state.setup;
  const mine = seen.lease.mine!;
  const named = server.synchronous === peer;
  if (mine.sync.term !== mine.term) {
    // A primary that an earlier process of this keeper left: its standby has all that it needs.
    const both = named && mine.sync.inSync.includes(peer);
    turn.remember({ data: "primary", term: mine.term, handedOver: false });
    turn.actions.push({ kind: "publish", inSync: both ? [site, peer] : [site] });
    return false;
  }
  if (!state.serving) {
    // What waited for the standby when the server stopped can be seen now: it must be there first.
    state.barrier = named || mine.sync.inSync.includes(peer) ? server.position : null;
    state.serving = true;
    state.primaryBy = null;
    state.problem = null;
  }
  return true;
}

function promote(turn: Turn, server: ServerObservation): void {
  const { state, seen, now } = turn;
  if (now < state.retryAt) return;
  const above = Math.max(seen.lease.newest?.position?.timeline ?? 0, server.timeline ?? 0);
  turn.remember({ data: "primary", term: seen.lease.mine!.term, handedOver: false });
  turn.begin({ kind: "promote", above }, state.setup.times.promoteMs);
}

/** The server does not run: makes it, or starts it as what its folder is. */
function start(turn: Turn, server: ServerObservation): void {
  const { state, seen, now } = turn;
  const { site, peer, times } = state.setup;
  const mine = seen.lease.mine!;
  const { memory } = state;
  if (now < state.retryAt) return;
  const first = mine.sync.term === 0;
  if (first && (!server.hasData || memory?.data === "none")) {
    turn.remember({ data: "none", term: mine.term, handedOver: false });
    turn.begin({ kind: "bootstrap" }, times.startMs);
  } else if (memory?.data === "standby") {
    turn.begin({ kind: "start-standby", primary: peer }, times.startMs);
  } else if (memory?.data === "primary" || (!memory && first)) {
    if (mine.sync.term !== mine.term) {
      // A new term of a former primary begins alone, and the majority knows before it can write.
      turn.remember({ data: "primary", term: mine.term, handedOver: false });
      turn.actions.push({ kind: "publish", inSync: [site] });
      return;
    }
    const alone = !mine.sync.inSync.includes(peer);
    if (alone && !mine.durable) return;
    const synchronous = alone ? null : peer;
    if (turn.begin({ kind: "start-primary", synchronous }, times.startMs)) {
      turn.audit("server-restarted", { synchronous });
    }
  }
}
