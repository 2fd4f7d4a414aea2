import { z } from "zod";
import { PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { Named } from "./named.ts";

const DAY = "a day, like 2026-12-24";

/** A rule by which an entry point chooses another flow. All that it says must hold. */
export const RoutingRule = z.object({
  /** While these hours are open. */
  businessHoursId: Slug.optional(),
  /** From this day on, in the tenant's time zone. */
  from: z.iso.date(DAY).optional(),
  /** To this day, which counts. */
  to: z.iso.date(DAY).optional(),
  /** For those who dialled one of these numbers of the entry point. */
  numbers: z.array(PhoneNumber).min(1).max(100).optional(),
  flowId: Slug,
}).refine(
  (it) => [it.businessHoursId, it.from, it.to, it.numbers].some((part) => part !== undefined),
  { message: "Say when it holds: hours, days or numbers" },
).refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
  message: "End no earlier than you begin",
  path: ["to"],
});
export type RoutingRule = z.infer<typeof RoutingRule>;

const common = {
  /** What contacts get for whom no rule holds. */
  flowId: Slug,
  /** In order: the first that holds counts, also outside the hours below. */
  routing: z.array(RoutingRule).max(64).optional(),
  /** Outside these hours, and in an emergency closure, contacts get `closedFlowId`. */
  businessHoursId: Slug.optional(),
  closedFlowId: Slug.optional(),
};

/** Where contacts come in: numbers or a digital asset, and the flows that treat them. */
export const EntryPoint = z.discriminatedUnion("channel", [
  Named.extend({
    channel: z.literal("voice"),
    number: PhoneNumber,
    /** More numbers that lead here. */
    otherNumbers: z.array(PhoneNumber).max(100).optional(),
    ...common,
  }),
  Named.extend({ channel: z.literal("whatsapp"), assetId: Uuid, ...common }),
]);
export type EntryPoint = z.infer<typeof EntryPoint>;

/** All numbers of an entry point; none of a digital one. */
export function numbersOf(point: EntryPoint): string[] {
  return point.channel === "voice" ? [point.number, ...point.otherNumbers ?? []] : [];
}
