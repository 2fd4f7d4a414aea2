import { z } from "zod";

/** Who may see a variable and what it is used for. */
export const VariableMarks = z.object({
  agentViewable: z.boolean().default(false),
  agentEditable: z.boolean().default(false),
  reportable: z.boolean().default(false),
  /** Never shown, logged or reported in clear. */
  sensitive: z.boolean().default(false),
});
export type VariableMarks = z.infer<typeof VariableMarks>;
