import type { SkillValues } from "../../protocol/configuration/skill_profile.ts";
import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";

/** Whether an agent's skills satisfy a requirement. An agent without a skill has 0 and `false`. */
export function meetsRequirement(skills: SkillValues, requirement: SkillRequirement): boolean {
  const value = skills[requirement.skillId];
  if ("atLeast" in requirement) {
    return (typeof value === "number" ? value : 0) >= requirement.atLeast;
  }
  if (Array.isArray(value)) return value.includes(String(requirement.is));
  return (value ?? false) === requirement.is;
}
