import type { KeeperStatus, ReplicationStatus } from "../../../protocol/keeper/keeper_status.ts";
import { formatLsn } from "../lease/lsn.ts";
import type { LeaseView } from "../lease/lease_view.ts";
import { isHeld } from "./is_held.ts";
import type { KeeperState } from "./keeper_state.ts";
import type { ServerObservation } from "./server_observation.ts";

/** What a keeper tells of its site. */
export function tellStatus(
  state: KeeperState,
  lease: LeaseView,
  server: ServerObservation | null,
  now: number,
): KeeperStatus {
  const { mine, newest } = lease;
  const { clusterId, site } = state.setup;
  return {
    clusterId,
    site,
    role: roleOf(state, lease, server),
    lease: {
      held: isHeld(state, lease, server, now),
      validMs: Math.max(0, (mine?.validUntil ?? now) - now),
      term: mine?.term ?? newest?.record.term ?? 0,
      holder: mine ? site : newest?.live ? newest.record.holder?.site ?? null : null,
    },
    epoch: server?.timeline ?? null,
    position: server && server.position !== null ? formatLsn(server.position) : null,
    inSync: mine?.sync.inSync ?? newest?.sync.inSync ?? [],
    replication: mine ? replicationOf(state, lease, server) : null,
    degraded: state.degraded,
    disk: server ? { freeBytes: server.disk } : null,
    problem: state.problem ?? server?.error ?? null,
  };
}

function roleOf(
  state: KeeperState,
  { mine }: LeaseView,
  server: ServerObservation | null,
): KeeperStatus["role"] {
  const running = state.server?.operation.kind;
  if (running === "seed") return "seeding";
  if (running && running !== "set-synchronous" && running !== "checkpoint") return "starting";
  if (!server?.running) return state.failures > 2 ? "failed" : mine ? "starting" : "stopped";
  if (server.recovery === null) return "starting";
  return server.recovery ? "standby" : "primary";
}

function replicationOf(
  { setup }: KeeperState,
  { mine }: LeaseView,
  server: ServerObservation | null,
): ReplicationStatus {
  const it = server?.standby;
  const sync = !!it?.sync && !!mine?.sync.inSync.includes(setup.peer);
  if (!it || it.name !== setup.peer) {
    return { standby: setup.peer, state: "away", sync: false, lagBytes: null, lagMs: null };
  }
  const behind = server.position === null ? 0 : Number(server.position - it.replayed);
  return {
    standby: setup.peer,
    state: it.state === "streaming"
      ? "streaming"
      : it.state === "backup"
      ? "seeding"
      : "catching-up",
    sync,
    lagBytes: Math.max(0, behind),
    lagMs: Math.max(0, it.lagMs),
  };
}
