import type { LeaseTimes } from "./lease_times.ts";
import type { LeaseHolder, SyncSet, WalPosition, WitnessRecord } from "./witness_record.ts";
import type { WitnessRequest } from "./witness_request.ts";

/** What a keeper is set up with to ask for one cluster's lease. */
export interface LeaseSetup {
  self: LeaseHolder;
  /** Sites of all witnesses. */
  witnesses: readonly string[];
  times: LeaseTimes;
}

/** A request on its way. */
export interface LeaseCall {
  to: string;
  request: WitnessRequest;
  /** When it was handed over to be sent, not when it left. */
  sentAt: number;
}

/** What a witness said last. */
export interface Heard {
  at: number;
  record: WitnessRecord | null;
  /** Until when its grant may be live, on our clock. */
  liveUntil: number;
  duplicate: boolean;
}

/** A keeper's side of one cluster's lease. Times are its own monotonic clock's. */
export interface LeaseState {
  setup: LeaseSetup;
  /** Held, or last held. */
  term: number;
  holding: boolean;
  /** What was published last, or what was read when the term was asked for. */
  sync: SyncSet;
  position: WalPosition | null;
  /** By witness: until when it keeps everybody else out, margin taken off. */
  grants: Readonly<Record<string, number>>;
  /** By witness: the newest of our own sets that it has written. */
  written: Readonly<Record<string, SyncSet>>;
  /** A new term that is asked for; while `holding`, one that witnesses who went ahead will accept. */
  asked: {
    term: number;
    sync: SyncSet;
    until: number;
    granted: readonly string[];
    /** Who has answered at all. */
    answered: readonly string[];
  } | null;
  /** No new term is asked for before. */
  askAgainAt: number;
  /** A term that is given back until all have heard it. */
  releasing: {
    term: number;
    next: string | null;
    done: readonly string[];
    until: number;
    /** Given back on purpose, and not a try that failed. */
    held: boolean;
  } | null;
  heard: Readonly<Record<string, Heard>>;
  calls: Readonly<Record<number, LeaseCall>>;
  nextCall: number;
  nextRoundAt: number;
}

/** A keeper's side as it starts: it holds nothing, whatever it held before. */
export function newLease(setup: LeaseSetup, now: number): LeaseState {
  return {
    setup,
    term: 0,
    holding: false,
    sync: { term: 0, revision: 0, inSync: [] },
    position: null,
    grants: {},
    written: {},
    asked: null,
    askAgainAt: now,
    releasing: null,
    heard: {},
    calls: {},
    nextCall: 1,
    nextRoundAt: now,
  };
}
