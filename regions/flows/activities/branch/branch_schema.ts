import { z } from "zod";
import { expression } from "../../fields/expression.ts";
import { path } from "../../fields/path.ts";

/** Goes one way or the other by a condition. */
export const BranchActivity = z.strictObject({
  type: z.literal("branch"),
  condition: expression("boolean"),
  next: path(),
  otherwise: path(),
  onError: path().optional(),
});
export type BranchActivity = z.infer<typeof BranchActivity>;
