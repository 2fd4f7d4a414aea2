import { z } from "zod";
import { PhoneNumber, Slug, Uuid } from "../ids/names.ts";
import { Named } from "./named.ts";

const common = {
  flowId: Slug,
  /** Outside these hours, and in an emergency closure, contacts get `closedFlowId`. */
  businessHoursId: Slug.optional(),
  closedFlowId: Slug.optional(),
};

/** Where contacts come in: a number or a digital asset, and the flow that treats them. */
export const EntryPoint = z.discriminatedUnion("channel", [
  Named.extend({ channel: z.literal("voice"), number: PhoneNumber, ...common }),
  Named.extend({ channel: z.literal("whatsapp"), assetId: Uuid, ...common }),
]);
export type EntryPoint = z.infer<typeof EntryPoint>;
