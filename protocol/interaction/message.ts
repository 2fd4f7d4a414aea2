import { z } from "zod";
import { Millis, Uuid } from "../ids/names.ts";

/** How far an outgoing message got. It only moves forward, or to `failed`. */
export const MessageStatus = z.enum(["received", "pending", "sent", "delivered", "read", "failed"]);
export type MessageStatus = z.infer<typeof MessageStatus>;

/** One message of a digital interaction, in the one shape all channels share. */
export const Message = z.object({
  id: Uuid,
  interactionId: Uuid,
  direction: z.enum(["inbound", "outbound"]),
  author: z.enum(["contact", "agent", "flow", "bot"]),
  text: z.string().max(16_384),
  at: Millis,
  status: MessageStatus,
  /** Why it failed, as a stable word. */
  failure: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;
