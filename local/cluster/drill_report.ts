import { z } from "zod";

/** What a drill measured; the record that is kept of it. Times in milliseconds. */
export const DrillReport = z.object({
  clusterId: z.string(),
  /** Epoch ms of the kill. */
  at: z.number(),
  requestedBy: z.string(),
  from: z.string(),
  to: z.string(),
  killed: z.array(z.string()),
  epochBefore: z.number(),
  epochAfter: z.number(),
  /** From the kill until the other site had the lease. */
  detectedMs: z.number(),
  /** From the kill until its server was the primary, of a later epoch. */
  promotedMs: z.number(),
  /** From the kill until its cell was active. */
  activeMs: z.number(),
  /** From the kill until the edge answered a person's request again; null without a demo tenant. */
  answeredMs: z.number().nullable(),
  /** From the return of the killed processes until commits waited for a standby again. */
  redundantMs: z.number(),
});
export type DrillReport = z.infer<typeof DrillReport>;
