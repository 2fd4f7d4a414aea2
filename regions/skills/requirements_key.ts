import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";

/** The same text for the same set of requirements, whatever their order. */
export function requirementsKey(requirements: readonly SkillRequirement[]): string {
  if (requirements.length === 0) return "";
  return requirements.map((r) =>
    "atLeast" in r ? `${r.skillId}>=${r.atLeast}` : `${r.skillId}=${JSON.stringify(r.is)}`
  ).sort().join("&");
}
