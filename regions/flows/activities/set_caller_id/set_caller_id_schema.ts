import { z } from "zod";
import { path } from "../../fields/path.ts";
import { template } from "../../fields/template.ts";

/** Says which number is shown to whom the platform calls for this contact from now on. */
export const SetCallerIdActivity = z.strictObject({
  type: z.literal("set-caller-id"),
  /** One of the tenant's numbers, or the caller's; empty for the usual one. */
  number: template(128),
  next: path(),
  onError: path().optional(),
});
export type SetCallerIdActivity = z.infer<typeof SetCallerIdActivity>;
