import type { SwitchOver } from "../../../protocol/keeper/switch_over.ts";
import type { CellOperation, ServerOperation } from "./keeper_action.ts";
import type { KeeperMemory } from "./keeper_memory.ts";
import type { KeeperTimes } from "./keeper_times.ts";

/** What a keeper of one cluster at one site is set up with. */
export interface KeeperSetup {
  clusterId: string;
  site: string;
  /** The other data site. */
  peer: string;
  home: string;
  times: KeeperTimes;
}

/** An operation that runs, and when it is given up. */
export interface RunningOperation<T> {
  id: number;
  operation: T;
  deadline: number;
}

/** Times are monotonic. */
export interface KeeperState {
  setup: KeeperSetup;
  /** Null: nothing is known of the data folder. */
  memory: KeeperMemory | null;
  startedAt: number;
  nextId: number;
  server: RunningOperation<ServerOperation> | null;
  cell: RunningOperation<CellOperation> | null;
  /** Failures of server operations in a row, and when the next may begin. */
  failures: number;
  retryAt: number;
  /** When the last "held" that was told ends. */
  answeredUntil: number;
  /** The switch-over that runs or ran last. */
  switchOver: SwitchOver | null;
  /** What is wrong, in one sentence. */
  problem: string | null;
}
