import { z } from "zod";
import { Slug } from "../ids/names.ts";

/**
 * What a contact needs of an agent's skill. `atLeast` is for proficiencies; `is` for booleans,
 * texts (the same text), enumerations (the word is among the agent's). An agent without the skill
 * has proficiency 0 and `false`, and no text or word.
 */
export const SkillRequirement = z.union([
  z.strictObject({ skillId: Slug, atLeast: z.number().int().min(0).max(10) }),
  z.strictObject({ skillId: Slug, is: z.union([z.boolean(), z.string().trim().min(1).max(120)]) }),
]);
export type SkillRequirement = z.infer<typeof SkillRequirement>;

/** After this wait the requirements become these, which ask for the same or less. */
export const RelaxationStep = z.object({
  afterSeconds: z.number().int().min(1).max(86_400),
  requirements: z.array(SkillRequirement).max(16),
});
export type RelaxationStep = z.infer<typeof RelaxationStep>;
