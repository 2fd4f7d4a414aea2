import { z } from "zod";
import { BotOutcome } from "../../../virtual_agents/turn_answer.ts";

/** Where a dialogue stands between what the activity hears. */
export const DialogueState = z.object({
  /** `asking`: the bot; `saying`: to the caller; `listening`: to the contact; `streaming`: both. */
  phase: z.enum(["asking", "saying", "listening", "streaming"]),
  turn: z.number(),
  /** Epoch ms. */
  endsAt: z.number(),
  /** What was written while the bot was asked. */
  pending: z.array(z.string()).default([]),
  /** Times in a row that nothing was put in. */
  silences: z.number().default(0),
  /** How the bot ended it, while its last words are said. */
  ended: BotOutcome.nullable().default(null),
  streamId: z.string().nullable().default(null),
});
export type DialogueState = z.infer<typeof DialogueState>;
