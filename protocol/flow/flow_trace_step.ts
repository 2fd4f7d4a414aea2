import { z } from "zod";

/** One step of a running flow, as its trace shows it. */
export const FlowTraceStep = z.object({
  /** Its place in the interaction's trace: `after` of a page, or `Last-Event-ID`, goes on from it. */
  id: z.string(),
  /** Epoch ms. */
  at: z.number().int(),
  flowId: z.string(),
  /** The flow's version that runs. */
  version: z.string(),
  /** 0 for the flow itself, else the number of its event handler. */
  thread: z.number().int(),
  /** A step that waits has another item once it goes on. */
  step: z.number().int(),
  activityId: z.string(),
  activityType: z.string(),
  state: z.enum(["done", "waiting", "failed"]),
  /** What it asked of the outside; null for nothing, or for what is not shown. */
  input: z.unknown(),
  /** Variables that it set. What a sensitive one holds is never here. */
  output: z.record(z.string(), z.string()),
  /** The activity that comes next, if one does. */
  next: z.string().nullable(),
  /** How long it waited, in milliseconds. */
  waited: z.number().int(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type FlowTraceStep = z.infer<typeof FlowTraceStep>;
