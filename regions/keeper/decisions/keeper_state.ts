import type { SwitchOver } from "../../../protocol/keeper/switch_over.ts";
import type { CellOperation, ServerOperation } from "./keeper_action.ts";
import type { KeeperMemory } from "./keeper_memory.ts";
import type { KeeperTimes } from "./keeper_times.ts";
import { freshTerm } from "./fresh_term.ts";

/** What a keeper of one cluster at one site is set up with. */
export interface KeeperSetup {
  clusterId: string;
  site: string;
  /** The other data site. */
  peer: string;
  /** Where a cluster that never was begins. */
  home: string;
  times: KeeperTimes;
}

/** An operation that runs, and when it is given up. */
export interface RunningOperation<T> {
  id: number;
  operation: T;
  deadline: number;
}

/** A switch-over that moves: which one, and when its step is given up. */
export interface Moving {
  id: string;
  deadline: number;
  /** The cell has confirmed that it holds still. */
  drained: boolean;
  /** The other site has been asked to take over. */
  asked: boolean;
}

/** A keeper's own state for one cluster. Times are monotonic unless told otherwise. */
export interface KeeperState {
  readonly setup: KeeperSetup;
  /** Null: nothing is known of the data folder. */
  memory: KeeperMemory | null;
  /** What `memory` was before a seeding that may turn out to have touched nothing. */
  memoryBefore: KeeperMemory | null;
  startedAt: number;
  nextId: number;
  server: RunningOperation<ServerOperation> | null;
  cell: RunningOperation<CellOperation> | null;
  /** Looks at the server that began before say nothing of what was done since. */
  serverDoneAt: number;
  /** Failures of server operations in a row, and when the next may begin. */
  failures: number;
  retryAt: number;
  /** The term that is held, or null. */
  term: number | null;
  /** A primary was seen to take queries, and nothing ended that since. */
  serving: boolean;
  /** By when a holder's server must be a primary that takes queries; null while it is. */
  primaryBy: number | null;
  /** Since when it cannot write. */
  failingSince: number | null;
  /** The standby must reach this before anything is said to be safe: set by a restart. */
  barrier: bigint | null;
  /** Since when the standby is away or behind, or else near enough to be taken in again. */
  badSince: number | null;
  goodSince: number | null;
  /** Taking the standby in: since when it is seen that commits wait for it, and what it must reach. */
  joining: { namedSince: number | null; reach: bigint | null } | null;
  /** Wall clock. */
  degraded: { since: number; reason: string } | null;
  /** The holder ends its term by itself. */
  givingWay: { since: number; reason: string } | null;
  /** Lets the other site go first until then. */
  yieldUntil: number;
  /** A release in favour of the other site: of which term, and when it was first seen. */
  nextSeen: { term: number; at: number } | null;
  /** Since when a standby has received nothing from an active primary. */
  awaySince: number | null;
  /** When the last "held" that was told ends. */
  answeredUntil: number;
  /** A forced promotion that waits for its term. */
  forcing: { id: string; deadline: number } | null;
  moving: Moving | null;
  /** The newest last, 20 at most. */
  switchOvers: readonly SwitchOver[];
  duplicate: boolean;
  /** What is wrong, in one sentence. */
  problem: string | null;
}

/**
 * A keeper's state as it starts.
 * @param memory as it was remembered last; null when there is none
 */
export function newKeeperState(
  setup: KeeperSetup,
  memory: KeeperMemory | null,
  now: number,
): KeeperState {
  return {
    setup,
    memory,
    memoryBefore: null,
    startedAt: now,
    nextId: 1,
    server: null,
    cell: null,
    serverDoneAt: now,
    failures: 0,
    retryAt: now,
    ...freshTerm(),
    yieldUntil: now,
    nextSeen: null,
    // An earlier process of this keeper may have told its cell just before it ended.
    answeredUntil: now + setup.times.answerMs,
    forcing: null,
    moving: null,
    switchOvers: [],
    duplicate: false,
    problem: null,
  };
}
