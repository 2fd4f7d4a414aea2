import type { LeaseView } from "../lease/lease_view.ts";
import type { KeeperState } from "./keeper_state.ts";
import type { ServerObservation } from "./server_observation.ts";

/**
 * Whether the site may act: it holds the lease, its server is the primary, and whatever is
 * acknowledged from now on is at every site that a majority takes for in sync.
 */
export function isHeld(
  state: KeeperState,
  lease: LeaseView,
  server: ServerObservation | null,
  now: number,
): boolean {
  const { mine } = lease;
  if (!mine || mine.validUntil <= now || mine.term !== state.term) return false;
  if (!state.serving || state.barrier !== null || state.givingWay) return false;
  if (isStopping(state) || mine.sync.term !== mine.term || server?.recovery === true) return false;
  const named = server?.synchronous === state.setup.peer;
  return mine.sync.inSync.includes(state.setup.peer) ? named : named || mine.durable;
}

function isStopping({ server, moving, switchOvers }: KeeperState): boolean {
  if (server?.operation.kind === "stop") return true;
  const move = switchOvers.find((it) => it.id === moving?.id);
  return move?.state === "stopping" || move?.state === "handing-over";
}
