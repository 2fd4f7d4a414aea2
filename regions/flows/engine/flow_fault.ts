/** Stable codes of what goes wrong in a running flow. */
export type FlowFaultCode =
  | "activity-missing"
  | "activity-timed-out"
  | "expression-failed"
  | "flow-loop"
  | "flow-missing"
  | "flow-nested-too-deep"
  | "flow-out-of-memory"
  | "flow-too-long"
  | "not-available"
  | "play-failed"
  | "prompt-missing"
  | "record-failed"
  | "seal-failed"
  | "service-failed"
  | "speech-unavailable"
  | "value-too-long"
  | "variable-sealed";

/** An activity cannot do what it should: the flow goes on along its error path. */
export class FlowFault extends Error {
  override readonly name = "FlowFault";

  /** @param message What happened, for whoever reads a trace; no values of variables. */
  constructor(readonly code: FlowFaultCode, message: string) {
    super(message);
  }
}
