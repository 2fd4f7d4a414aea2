import type { LeaseEvidence } from "./lease_evidence.ts";

/** How a member's lease is counted, in milliseconds. */
export interface PatroniTimes {
  /** For which a leader key outlives its last renewal. */
  ttlMs: number;
  /** Pause between the beginnings of two rounds. */
  loopWaitMs: number;
}

/** Share of the ttl by which the clocks of two machines may differ over it. */
const DRIFT = 0.02;
const MARGIN_MS = 100;
/** How long one answer counts in failsafe mode once the first promise is over. */
const FAILSAFE_MS = 1_500;
/**
 * For so long a primary may be without its key when failsafe mode ends. The others have promised to
 * wait a ttl, not long before.
 */
const TAKING_MS = 3_000;

/**
 * When the lease that is proven ends, by the clock of the evidence; -Infinity when none is.
 *
 * Nobody else can take the leader key within a ttl of a renewal. In failsafe mode nobody takes it
 * within a ttl of a promise, which Patroni asks for anew in every round and stops to lead without,
 * but it shows no time of it: after the first one an answer counts for moments only. When the store
 * is back its key has gone, and Patroni takes it anew while its server goes on: that is no end.
 *
 * Nothing that is acknowledged hangs by those moments: a commit waits for the only standby that may
 * follow, and a standby that has been promoted confirms nothing to its old primary.
 */
export function leaseEnd(evidence: LeaseEvidence, times: PatroniTimes): number {
  const { last, renewed, promised, safe } = evidence;
  if (!last?.primary) return -Infinity;
  if (!last.leader) return (safe ?? -Infinity) + TAKING_MS;
  const length = times.ttlMs * (1 - DRIFT) - MARGIN_MS;
  const proven = Math.max(renewed ?? -Infinity, promised ?? -Infinity) + length;
  return Math.max(proven, (safe ?? -Infinity) + FAILSAFE_MS);
}
