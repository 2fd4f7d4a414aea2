import { z } from "zod";
import { path } from "../../fields/path.ts";
import { reference } from "../../fields/reference.ts";

/** Goes different ways inside and outside opening hours. */
export const BusinessHoursActivity = z.strictObject({
  type: z.literal("business-hours"),
  businessHoursId: reference("business-hours"),
  next: path(),
  onClosed: path(),
  /** In an emergency closure of the tenant or of these hours; `onClosed` without it. */
  onEmergency: path().optional(),
});
export type BusinessHoursActivity = z.infer<typeof BusinessHoursActivity>;
