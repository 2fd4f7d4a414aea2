import { z } from "zod";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";
import { template } from "../../fields/template.ts";

/** Lets a caller keep the place in the queue and be called back. Asks nothing by itself. */
export const CallbackActivity = z.strictObject({
  type: z.literal("callback"),
  /** E.164; may hold expressions. */
  number: template(128).default("{{ callerNumber }}"),
  /** How long the place is kept. */
  withinSeconds: z.number().int().min(60).max(7 * 86_400).default(86_400),
  /** Where a caller who does not wait yet gets a place. */
  queueId: reference("queue").optional(),
  /** Goes on there with the goodbye; at the flow's end the call ends and the place stays. */
  next: path().optional(),
  /** The queue calls nobody back, or not this number. */
  onRefused: path(),
  onError: path().optional(),
});
export type CallbackActivity = z.infer<typeof CallbackActivity>;
