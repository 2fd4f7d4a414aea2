import { z } from "zod";

/** What came of a request: values that were asked for, and no body. */
export const HttpServiceAnswer = z.object({
  /** "answered": the server did, whatever its status. */
  outcome: z.enum(["answered", "failed", "timeout"]),
  status: z.number().int().nullable(),
  /** Why it failed, a stable word with hyphens. */
  code: z.string().nullable(),
  /** Milliseconds, repeats and waits included. */
  duration: z.number().int().nonnegative(),
  values: z.record(z.string(), z.string()),
  /** Values of sensitive variables, sealed. */
  sealed: z.record(z.string(), z.string()),
});
export type HttpServiceAnswer = z.infer<typeof HttpServiceAnswer>;
