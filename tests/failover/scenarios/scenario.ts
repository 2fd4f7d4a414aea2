import type { CallPlan } from "../stage/standing_calls.ts";
import type { DataSite } from "../stage/data_site.ts";
import type { Lab, LabOptions } from "../stage/lab.ts";

/** What a scenario works with. */
export interface Scene {
  lab: Lab;
  /** Where the cluster is active as the fault comes, and where its standby is. */
  active: DataSite;
  standby: DataSite;
  /** Waits so many milliseconds of real time. */
  pause: (ms: number) => Promise<void>;
  /** Tells something that happened, for the row and the history. */
  note: (text: string) => void;
}

/** What a row must not exceed; null: not judged. */
export interface Limits {
  newCallAnsweredMs: number | null;
  agentWorkingMs: number | null;
  /** Requests refused, and the longest any took; judged for planned moves. */
  refused: number | null;
  pauseMs: number | null;
}

/** One named fault, and what must come of it. */
export interface Scenario {
  name: string;
  title: string;
  /** What the platform needs to have of its own for it. */
  options?: Partial<Pick<LabOptions, "wrap" | "prepare">>;
  /** Before the load is measured: what is broken already when the fault comes. */
  before?: (scene: Scene) => Promise<void>;
  /** Makes the fault; a fault in several steps settles after the last. */
  fault: (scene: Scene) => Promise<void>;
  /** How long is looked at from the fault on, at least, in milliseconds. */
  observeMs: number;
  /** Mends what the fault broke. */
  heal: (scene: Scene) => Promise<void>;
  limits: Limits;
  /** Whether the cluster is to be active elsewhere in the end; undefined: either will do. */
  moves?: boolean;
  /** A load of its own. */
  calls?: Partial<CallPlan>;
  /** In the short form that the test command runs. */
  short?: boolean;
}

/** The aims where a region is lost. */
export const AIMS: Limits = {
  newCallAnsweredMs: 5_000,
  agentWorkingMs: 5_000,
  refused: null,
  pauseMs: null,
};

/**
 * Where the standby falls silent and nobody dies: the holder waits 3 s for it before it goes on
 * without, and what hung meanwhile is done then.
 */
export const STANDBY_SILENT: Limits = {
  ...AIMS,
  newCallAnsweredMs: 6_000,
  agentWorkingMs: 6_000,
};

/** The aims where people move the cluster. */
export const PLANNED: Limits = {
  newCallAnsweredMs: 1_000,
  agentWorkingMs: 1_000,
  refused: 0,
  pauseMs: 1_000,
};
