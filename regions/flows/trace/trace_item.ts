/** One step of a flow as a trace keeps it. Values of sensitive variables are never in it. */
export interface TraceItem {
  interactionId: string;
  /** Epoch ms. */
  at: number;
  flowId: string;
  version: string;
  /** 0 for the flow itself, else the handler's number. */
  thread: number;
  step: number;
  activityId: string;
  activityType: string;
  /** `waiting` is followed by another item of the same step. */
  state: "done" | "waiting" | "failed";
  /** What it asked of the outside. */
  input: unknown;
  /** Variables that it set. */
  output: Record<string, string>;
  /** Of `output` and, as "*", of `input`: what agents may not see. */
  hidden: readonly string[];
  /** The activity that comes next, if one does. */
  next: string | null;
  /** How long it waited, in milliseconds. */
  waited: number;
  error: { code: string; message: string } | null;
}
