import { z } from "zod";
import { DisplayName } from "../ids/names.ts";
import { OpenTimes } from "./business_hours.ts";
import { Named } from "./named.ts";

/** Days on which other hours hold than those of the week. */
export const HolidayList = Named.extend({
  days: z.array(z.object({
    name: DisplayName,
    /** A calendar day in the time zone of the hours that use it. */
    date: z.iso.date(),
    /** Comes back on this day and month every year. */
    yearly: z.boolean().default(false),
    /** When it is open all the same; closed all day without. */
    times: z.array(OpenTimes).max(8).default([]),
  })).max(1000),
});
export type HolidayList = z.infer<typeof HolidayList>;
