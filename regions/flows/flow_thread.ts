import type { VariableLists } from "../interactions/variable_lists.ts";

/** A flow that is to go on when the flow it called returns. */
export interface FlowFrame {
  flowId: string;
  version: string;
  /** The activity that called, and its step. */
  activityId: string;
  step: number;
  /** What the called flow's own variables held before; null for those that were not there. */
  saved: Record<string, string | null>;
  /** What was marked before. */
  marked: VariableLists;
}

/** What an activity keeps between what it hears: small, and JSON. */
export type Kept = string | number | boolean | null | Kept[] | { [name: string]: Kept };

/** One line of activities: the flow itself, or one of its event handlers. */
export interface FlowThread {
  /** 0 for the flow itself, else the step at which the handler began. */
  id: number;
  flowId: string;
  /** Content hash of the document it began with; a running instance stays on that version. */
  version: string;
  /** The activity it waits in, null once it is over. */
  activityId: string | null;
  /** Number of that activity's step; names the commands it sent. */
  step: number;
  /** When it was entered (epoch ms). */
  enteredAt: number;
  /** The activity must have ended by then (epoch ms). */
  deadline: number | null;
  kept: Kept;
  /** Flows that wait for this one to return, the outermost first. */
  frames: FlowFrame[];
}
