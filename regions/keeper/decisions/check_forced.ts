import type { SwitchOverCheck } from "../../../protocol/keeper/switch_over.ts";
import { formatLsn, parseLsn } from "../lease/lsn.ts";
import type { Turn } from "./turn.ts";

/** What a forced promotion would do. */
export interface ForcedCheck {
  /** Why it is refused; null when it may go on. */
  problem: string | null;
  checks: SwitchOverCheck[];
  /** For the audit record: where this site's data ends, and where the last holder's did. */
  facts: Record<string, unknown>;
}

/**
 * Whether this site may be made active although it may lack acknowledged work, and what that would
 * cost: all that was acknowledged after the position of this site's data.
 */
export function checkForced(turn: Turn, to: string): ForcedCheck {
  const { state, seen } = turn;
  const { site } = state.setup;
  const { lease, server } = seen;
  const facts = lossOf(turn);
  const free = lease.majority && lease.newest !== null && lease.newest.liveMs === 0;
  const known = state.memory?.data !== "none" && !!server?.hasData;
  const ready = known && (state.memory?.data !== "standby" ||
    (server.running && server.accepting && server.recovery === true));
  const has = !!lease.newest?.sync.inSync.includes(site);
  const checks: SwitchOverCheck[] = [
    {
      name: "lease",
      ok: free,
      detail: free
        ? "nobody holds it"
        : lease.majority
        ? "another site holds it: only when its lease has ended can it be taken"
        : "no majority of the witnesses answers: nothing can be forced without one",
    },
    {
      name: "standby",
      ok: ready,
      detail: ready
        ? `the data of ${site} can be started`
        : known
        ? `the server of ${site} does not take queries yet: see its keeper`
        : `${site} has no whole copy of the data`,
    },
    { name: "in-sync", ok: has, detail: has ? "nothing is lost" : String(facts.lost) },
  ];
  return { problem: problemOf(turn, to, free, ready, checks), checks, facts };
}

function problemOf(
  { state, seen }: Turn,
  to: string,
  free: boolean,
  ready: boolean,
  [lease, standby]: SwitchOverCheck[],
): string | null {
  const { site, peer } = state.setup;
  if (to !== site) {
    return to === peer ? `ask the keeper of ${to}` : `${to} has no data of this cluster`;
  }
  if (seen.lease.mine) return `${site} is active already`;
  if (seen.lease.duplicate) return "another keeper goes by this site's name";
  if (state.moving || state.forcing) return "a move is under way";
  if (!free) return lease.detail;
  return ready ? null : standby.detail;
}

function lossOf({ state, seen: { lease, server, wall } }: Turn): Record<string, unknown> {
  const { site } = state.setup;
  const last = lease.newest?.position ?? null;
  if (lease.newest?.sync.inSync.includes(site)) return { lost: "nothing", bytes: 0, last };
  const { timeline, position } = server ?? { timeline: null, position: null };
  const mine = position === null ? null : { timeline, lsn: formatLsn(position) };
  const same = last !== null && mine !== null && timeline === last.timeline;
  const bytes = same ? Number(parseLsn(last.lsn) - position!) : null;
  const seenMs = last ? wall - last.at : null;
  const end = mine ? `after ${mine.lsn} of timeline ${timeline}` : "after what its folder holds";
  const least = bytes === null
    ? "how much is not known"
    : `${Math.max(0, bytes)} bytes when the last holder was heard ${seenMs} ms ago`;
  return { lost: `all that was acknowledged ${end} is lost: ${least}`, bytes, mine, last };
}
