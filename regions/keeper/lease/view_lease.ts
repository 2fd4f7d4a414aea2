import { parseLsn } from "./lsn.ts";
import { compareSync } from "./compare_sync.ts";
import type { Heard, LeaseState } from "./lease_state.ts";
import type { LeaseView } from "./lease_view.ts";
import { majority, majorityUntil } from "./majority.ts";
import type { WalPosition } from "./witness_record.ts";

/** What a keeper knows of its cluster's lease at `now`. */
export function viewLease(state: LeaseState, now: number): LeaseView {
  const { setup: { witnesses, self }, holding, releasing } = state;
  const most = majority(witnesses.length);
  const validUntil = holding ? validUntilOf(state) : -Infinity;
  const fresh = freshlyHeard(state, now);
  const known = fresh.length >= most;
  const records = fresh.filter((it) => it.record).map((it) => ({ ...it, record: it.record! }));
  const live = records.filter((it) => it.record.holder && it.liveUntil > now);
  const [first] = (live.length ? live : records)
    .toSorted((a, b) => b.record.term - a.record.term || b.liveUntil - a.liveUntil);
  const others = live.filter((it) => it.record.holder!.site !== self.site);
  // The others' grants that must end before a majority is free to be had.
  const ends = others.map((it) => it.liveUntil).toSorted((a, b) => a - b);
  const inTheWay = ends.length - (witnesses.length - most);
  return {
    mine: validUntil > now
      ? {
        term: state.term,
        validUntil,
        sync: state.sync,
        durable: isDurable(state),
      }
      : null,
    acquiring: state.asked !== null && !holding,
    releasing: releasing !== null && releasing.held && releasing.done.length < most,
    majority: known,
    newest: known && first
      ? {
        record: first.record,
        sync: records.map((it) => it.record.sync).reduce((a, b) => compareSync(a, b) < 0 ? b : a),
        position: records.map((it) => it.record.position).reduce(further),
        live: live.length > 0,
        liveMs: inTheWay > 0 ? ends[inTheWay - 1] - now : 0,
      }
      : null,
    blank: known && records.length === 0,
    duplicate: fresh.some((it) => it.duplicate),
  };
}

/** Until when a majority keeps everybody else out. */
export function validUntilOf({ grants, setup }: LeaseState): number {
  return majorityUntil(Object.values(grants), setup.witnesses.length);
}

/** Those that answered lately enough to be counted on. */
export function freshlyHeard(state: LeaseState, now: number): Heard[] {
  const { lookEveryMs, requestTimeoutMs, renewEveryMs } = state.setup.times;
  const every = state.holding ? renewEveryMs : lookEveryMs;
  const since = now - 2 * every - requestTimeoutMs;
  return Object.values(state.heard).filter((it) => it.at >= since);
}

function isDurable({ written, sync, setup: { witnesses } }: LeaseState): boolean {
  const count = Object.values(written).filter((it) => compareSync(it, sync) >= 0).length;
  return count >= majority(witnesses.length);
}

function further(a: WalPosition | null, b: WalPosition | null): WalPosition | null {
  if (!a || !b) return a ?? b;
  if (a.timeline !== b.timeline) return a.timeline > b.timeline ? a : b;
  return parseLsn(a.lsn) >= parseLsn(b.lsn) ? a : b;
}
