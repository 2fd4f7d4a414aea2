import { z } from "zod";

/** What the part of the lab that runs in the world's network is told. */
export const LabOrder = z.object({
  scenarios: z.array(z.string()),
  runs: z.number().int().min(1).max(1000),
  browser: z.boolean(),
  keep: z.boolean(),
  /** Data on the machine's disk instead of in memory. */
  disk: z.boolean(),
  /** The short form: less time before each fault, no wait for the standby after the last. */
  short: z.boolean(),
  /** Where histories are written. */
  folder: z.string(),
  network: z.object({
    pid: z.number(),
    startTicks: z.number(),
    folder: z.string(),
  }),
});
export type LabOrder = z.infer<typeof LabOrder>;
