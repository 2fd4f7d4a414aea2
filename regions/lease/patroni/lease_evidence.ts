import type { PatroniSight } from "./patroni_sight.ts";

/**
 * What a series of sights proves about a member's leader key. All times are lower bounds by the
 * asker's clock: what they name happened then or later.
 */
export interface LeaseEvidence {
  last: PatroniSight | null;
  /** When the round began that is under way; null when no beginning was seen. */
  round: number | null;
  /** When the leader key was last renewed; null when nothing proves it. */
  renewed: number | null;
  /** When the other members promised to wait, as failsafe mode was entered. */
  promised: number | null;
  /** The last question that showed a leader in failsafe mode, while that mode goes on. */
  safe: number | null;
}

/** Patroni waits this long for the other members' promises: one may be that old when it is shown. */
const PROMISE_MS = 2_000;

/** Nothing is known yet. */
export const NO_EVIDENCE: LeaseEvidence = {
  last: null,
  round: null,
  renewed: null,
  promised: null,
  safe: null,
};

/**
 * Adds a sight. Patroni tells no time of a renewal, only that it renewed within a ttl by the wall
 * clock. What proves more:
 *
 * - A round of the leader reads the store, sets `dcs_last_seen`, renews its key, and only then
 *   waits. So the beginning of one round proves that the round before it has renewed, and it did so
 *   after its own beginning, which was not before the question that still showed the older one.
 * - Whoever was a replica at the last question and leads at this one took the key in between, with
 *   a session that was no older than one pause between two rounds. (Before it promotes it also
 *   withdraws everybody else's right to follow it, and grants none before it has a standby again.)
 * - In failsafe mode rounds prove nothing, for they fail; that it was entered proves a promise. It
 *   ends with a round that has renewed the key, or taken it anew: for a moment Patroni then does not
 *   lead, while its server goes on.
 *
 * `dcs_last_seen` also moves when somebody asks this member's `/cluster`; then it proves one round
 * too much, and the end is when Patroni itself stops to believe.
 *
 * @param sessionMs How old the session is at most with which a replica takes the key: the pause
 * between two rounds. Null when Patroni does not keep to synchronous standbys: taking the key is no
 * proof then.
 */
export function addSight(
  { last, ...known }: LeaseEvidence,
  sight: PatroniSight,
  sessionMs: number | null,
): LeaseEvidence {
  if (!last) return { ...NO_EVIDENCE, last: sight };
  const begun = sight.round !== last.round;
  const entered = sight.failsafe && !last.failsafe ? last.at - PROMISE_MS : null;
  const safe = sight.failsafe ? sight.leader ? sight.at : known.safe : null;
  if (!sight.leader) {
    if (!sight.primary || !last.primary) return { ...NO_EVIDENCE, last: sight };
    const round = begun ? last.at : last.leader ? null : known.round;
    return { ...NO_EVIDENCE, last: sight, round, safe };
  }
  if (!last.leader) {
    // One whose server was the primary all along may just believe again, by a clock that was set
    // back: only a round can have taken the key.
    const may = !last.primary || begun || known.round !== null;
    const took = sessionMs !== null && may && !sight.failsafe;
    const renewed = took ? last.at - sessionMs : null;
    // The session of the round that took the key may be older than the round.
    return { last: sight, round: null, renewed, promised: entered, safe };
  }
  const promised = later(known.promised, entered);
  // Another round may have followed already the one that has ended failsafe mode.
  const proven = !sight.failsafe && (begun || last.failsafe) ? known.round : null;
  const round = begun ? last.at : known.round;
  return { last: sight, round, renewed: later(known.renewed, proven), promised, safe };
}

function later(a: number | null, b: number | null): number | null {
  return a === null || b === null ? a ?? b : Math.max(a, b);
}
