import type { LeaseAnswer } from "../../../protocol/keeper/lease_answer.ts";
import type { LeaseView } from "../lease/lease_view.ts";
import { isHeld } from "./is_held.ts";
import type { KeeperState } from "./keeper_state.ts";
import type { ServerObservation } from "./server_observation.ts";

/**
 * What the cell beside the keeper is told. The state that comes back must be kept before the answer
 * leaves: while an answer stands, the lease is not given to anybody else.
 * @param lease as it is at `now`
 */
export function answerLease(
  state: KeeperState,
  lease: LeaseView,
  server: ServerObservation | null,
  now: number,
): { state: KeeperState; answer: LeaseAnswer } {
  const { clusterId, site, times } = state.setup;
  const epoch = server?.timeline ?? null;
  const held = epoch !== null && isHeld(state, lease, server, now);
  const validMs = held ? Math.min(lease.mine!.validUntil - now, times.answerMs) : 0;
  const answeredUntil = held ? Math.max(state.answeredUntil, now + validMs) : state.answeredUntil;
  const active = held ? { site, epoch } : activeElsewhere(state, lease);
  return {
    state: { ...state, answeredUntil },
    answer: { clusterId, site, held, validMs, active },
  };
}

/** Only a holder that has published in its term can be active. */
function activeElsewhere(state: KeeperState, { newest }: LeaseView): LeaseAnswer["active"] {
  const holder = newest?.record.holder;
  if (!newest?.live || !holder || holder.site === state.setup.site) return null;
  if (newest.sync.term !== newest.record.term || !newest.position) return null;
  return { site: holder.site, epoch: newest.position.timeline };
}
