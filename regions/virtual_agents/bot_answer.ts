import { z } from "zod";
import { storableText } from "../../protocol/text/storable_text.ts";

const text = (most: number) => z.string().overwrite(storableText).max(most);

/** Values that a bot gives back, by its own names for them. */
export const BotVariables = z.record(z.string().regex(/^[a-z][A-Za-z0-9]{0,62}$/), text(4096))
  .refine((given) => Object.keys(given).length <= 50, "at most 50 variables");

/** What a bot waits for after it has spoken. */
export const TurnExpectation = z.object({
  input: z.enum(["text", "digits", "nothing"]),
  maxDigits: z.number().int().min(1).max(32),
  firstDigitSeconds: z.number().min(1).max(60),
  interDigitSeconds: z.number().min(1).max(30),
});
export type TurnExpectation = z.infer<typeof TurnExpectation>;

/** The body of a webhook bot's answer. */
export const BotAnswer = z.strictObject({
  messages: z.array(z.strictObject({ text: text(2000).min(1) })).max(10).default([]),
  expect: TurnExpectation.shape.input,
  maxDigits: TurnExpectation.shape.maxDigits.default(1),
  firstDigitSeconds: TurnExpectation.shape.firstDigitSeconds.default(8),
  interDigitSeconds: TurnExpectation.shape.interDigitSeconds.default(3),
  outcome: z.strictObject({
    type: z.enum(["handled", "escalate"]),
    reason: text(256).optional(),
    variables: BotVariables.default({}),
  }).optional(),
});
export type BotAnswer = z.infer<typeof BotAnswer>;
