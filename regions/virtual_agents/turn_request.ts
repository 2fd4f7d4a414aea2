import { z } from "zod";
import { Channel, Millis, Slug, Uuid } from "../../protocol/ids/names.ts";

/** What the contact has put in. Texts are named, sealed digits are opened, only as it is sent. */
export const TurnInput = z.discriminatedUnion("type", [
  z.object({ type: z.literal("start") }),
  z.object({ type: z.literal("text"), messageIds: z.array(Uuid).min(1).max(20) }),
  z.object({
    type: z.literal("digits"),
    digits: z.string().max(32).nullable(),
    sealed: z.string().max(4096).nullable(),
  }),
  z.object({ type: z.literal("silence") }),
]);
export type TurnInput = z.infer<typeof TurnInput>;

/** One turn of a dialogue that a flow asks a webhook bot for. */
export const TurnRequest = z.object({
  type: z.literal("virtual-agent"),
  virtualAgentId: Slug,
  /** The interaction and the step that began the dialogue. */
  sessionId: z.string().max(64),
  turn: z.number().int().positive(),
  channel: Channel,
  language: z.string().max(35),
  input: TurnInput,
  /** Variables that are handed on; sealed ones only where the bot may see them. */
  variables: z.record(z.string(), z.union([z.string(), z.object({ sealed: z.string() })])),
  /** Variables of the bot's whose values come back sealed. */
  seals: z.array(z.string()).max(50),
  /** After this the answer is of no use. */
  until: Millis,
});
export type TurnRequest = z.infer<typeof TurnRequest>;
