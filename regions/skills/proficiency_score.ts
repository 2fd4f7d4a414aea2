import type { SkillValues } from "../../protocol/configuration/skill_profile.ts";
import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";

/**
 * How good an agent is at what is asked for: the sum of their proficiencies over the skills that
 * the requirements name with `atLeast`. Orders the best available agent first.
 */
export function proficiencyScore(
  skills: SkillValues,
  requirements: readonly SkillRequirement[],
): number {
  let score = 0;
  for (const requirement of requirements) {
    const value = skills[requirement.skillId];
    if ("atLeast" in requirement && typeof value === "number") score += value;
  }
  return score;
}
