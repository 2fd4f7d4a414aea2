import { z } from "zod";
import { expression } from "../../fields/expression.ts";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { variable } from "../../fields/variable.ts";
import { VariableName } from "../../../../protocol/flow/variable_name.ts";

/** Runs another flow, which returns here. */
export const SubFlowActivity = z.strictObject({
  type: z.literal("sub-flow"),
  flowId: reference("flow"),
  /** The other flow's variables, each with an expression of this flow. */
  inputs: z.record(VariableName, expression("any")).default({}),
  /** This flow's variables, each with the name of one of the other flow. */
  outputs: z.array(z.strictObject({ variable: variable("write"), from: VariableName })).max(64)
    .default([]),
  next: path(),
  onError: path().optional(),
});
export type SubFlowActivity = z.infer<typeof SubFlowActivity>;
