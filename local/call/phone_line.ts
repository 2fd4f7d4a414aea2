import { z } from "zod";

/** A line of the test phone's progress. Other members than these pass through. */
export const PhoneLine = z.looseObject({
  event: z.string(),
  at: z.number(),
  afterMs: z.number().optional(),
  reason: z.string().nullish(),
  endedBy: z.string().optional(),
  answered: z.boolean().optional(),
  status: z.number().nullish(),
  message: z.string().optional(),
});
export type PhoneLine = z.infer<typeof PhoneLine>;
