import { z } from "zod";
import { Named } from "./named.ts";

/** A word of an enumeration or a text skill. */
const Word = z.string().trim().min(1).max(120);

/**
 * Something agents can or cannot do, of one of four kinds: a proficiency from 0 to 10, yes or no,
 * a text that must be the same, or one or more words of a list.
 */
export const Skill = z.discriminatedUnion("kind", [
  Named.extend({ kind: z.literal("proficiency") }),
  Named.extend({ kind: z.literal("boolean") }),
  Named.extend({ kind: z.literal("text") }),
  Named.extend({ kind: z.literal("enumeration"), words: z.array(Word).min(1).max(200) }),
]);
export type Skill = z.infer<typeof Skill>;

/** A value of a skill: a proficiency, a boolean, a text, or words of an enumeration. */
export const SkillValue = z.union([
  z.number().int().min(0).max(10),
  z.boolean(),
  Word,
  z.array(Word).min(1).max(200),
]);
export type SkillValue = z.infer<typeof SkillValue>;
