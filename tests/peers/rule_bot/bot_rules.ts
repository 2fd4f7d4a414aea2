import { z } from "zod";

const Rule = z.object({
  /** A regular expression, looked for in what was written; case does not count. */
  pattern: z.string().max(500).optional(),
  /** Or what was typed. */
  digits: z.string().optional(),
  answer: z.string(),
});

/** What the rule bot knows, as its JSON file has it. */
export const BotRules = z.object({
  greeting: z.string(),
  rules: z.array(Rule).default([]),
  otherwise: z.string(),
  /** Words and digits that ask for a person. */
  escalate: z.object({ words: z.array(z.string()), digits: z.string() }),
  /** Words and digits that end the dialogue. */
  goodbye: z.object({ words: z.array(z.string()), digits: z.string(), answer: z.string() }),
  /** Answers without sense until it asks for a person itself. */
  patience: z.number().int().positive().default(3),
});
export type BotRules = z.infer<typeof BotRules>;

/** What somebody put in. */
export type BotInput = { type: string; text?: string; digits?: string };

/** What the bot does about it. */
export interface BotReply {
  text: string | null;
  outcome: { type: "handled" | "escalate"; reason?: string } | null;
  understood: boolean;
}

/** Answers by the rules; `missed` is how often it did not understand before. */
export function answerBy(rules: BotRules, input: BotInput, missed: number): BotReply {
  const { type, text = "", digits = "" } = input;
  const said = text.toLowerCase();
  const asks = ({ words, digits: keys }: { words: string[]; digits: string }) =>
    words.some((word) => said.includes(word)) || (digits !== "" && keys.includes(digits));
  if (type === "start") return { text: rules.greeting, outcome: null, understood: true };
  if (type === "hang-up") return { text: null, outcome: { type: "handled" }, understood: true };
  if (asks(rules.escalate)) {
    const outcome = { type: "escalate", reason: "asked for a person" } as const;
    return { text: null, outcome, understood: true };
  }
  if (asks(rules.goodbye)) {
    return { text: rules.goodbye.answer, outcome: { type: "handled" }, understood: true };
  }
  const rule = rules.rules.find((rule) =>
    (rule.pattern !== undefined && said !== "" && new RegExp(rule.pattern, "i").test(said)) ||
    (rule.digits !== undefined && rule.digits === digits)
  );
  if (rule) return { text: rule.answer, outcome: null, understood: true };
  if (missed + 1 >= rules.patience) {
    const outcome = { type: "escalate", reason: "not understood" } as const;
    return { text: null, outcome, understood: false };
  }
  return { text: rules.otherwise, outcome: null, understood: false };
}
