import { z } from "zod";
import { BotVariables, TurnExpectation } from "./bot_answer.ts";

/** Why a bot's turn, or its whole dialogue, failed; stable words for flows and reports. */
export const BotFault = z.enum([
  "deadline",
  "invalid-answer",
  "not-authorised",
  "redirected",
  "refused",
  "refused-address",
  "too-many-turns",
  "unreachable",
  "internal",
]);
export type BotFault = z.infer<typeof BotFault>;

/** How a bot ended the dialogue. */
export const BotOutcome = z.object({
  type: z.enum(["handled", "escalate"]),
  reason: z.string().nullable(),
  variables: BotVariables,
  sealed: z.record(z.string(), z.string()),
});
export type BotOutcome = z.infer<typeof BotOutcome>;

/** What came of one turn, as the flow hears it. */
export const TurnAnswer = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("answered"),
    turn: z.number(),
    texts: z.array(z.string()),
    expects: TurnExpectation,
    ended: BotOutcome.nullable(),
  }),
  z.object({ outcome: z.literal("failed"), turn: z.number(), fault: BotFault }),
]);
export type TurnAnswer = z.infer<typeof TurnAnswer>;
