import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";

/** Goes different ways by a text. */
export const SwitchActivity = z.strictObject({
  type: z.literal("switch"),
  value: template().min(1),
  cases: z.array(z.strictObject({ equals: z.string().max(256), next: path() })).min(1).max(64),
  otherwise: path(),
  onError: path().optional(),
});
export type SwitchActivity = z.infer<typeof SwitchActivity>;
