import type { ProblemCode } from "../../configuration/checks/problem_code.ts";

/** Something that is wrong with a flow, or looks so. */
export interface FlowProblem {
  /** Within the document, such as `activities.menu.next`. */
  path: string;
  code: ProblemCode;
  message: string;
  /** A flow with errors is not stored as part of a configuration; one with warnings runs. */
  severity: "error" | "warning";
}
