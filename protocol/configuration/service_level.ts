import { z } from "zod";

const Within = z.number().int().min(1).max(30 * 86_400);

/** What contacts are promised, counted in business hours where there are any. Seconds. */
export const ServiceLevel = z.object({
  firstResponseSeconds: Within.optional(),
  resolutionSeconds: Within.optional(),
});
export type ServiceLevel = z.infer<typeof ServiceLevel>;
