import { z } from "zod";
import { Slug } from "../ids/names.ts";
import { Named } from "./named.ts";

export const Weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
export type Weekday = z.infer<typeof Weekday>;

/** A time of day on a 24-hour clock; "24:00" is the end of the day. */
export const TimeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "like 09:00");

/** From (inclusive) to (exclusive), on one day. */
export const OpenTimes = z.object({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from < to, { message: "Close later than you open", path: ["to"] });

/** When an entry point or a queue is open. Times are of the clocks of `timeZone`. */
export const BusinessHours = Named.extend({
  /** A name of the IANA time zone database ("Europe/Berlin"). */
  timeZone: z.string().min(1).max(64),
  weekly: z.array(
    z.object({ days: z.array(Weekday).min(1).max(7), times: z.array(OpenTimes).min(1).max(8) }),
  ).max(14),
  holidayListIds: z.array(Slug).max(32).default([]),
  /** Closes at once, whatever the hours say. */
  emergencyClosure: z.boolean().default(false),
});
export type BusinessHours = z.infer<typeof BusinessHours>;
