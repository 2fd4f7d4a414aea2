import type { Skill } from "../../protocol/configuration/skill.ts";
import type { SkillRequirement } from "../../protocol/configuration/skill_requirement.ts";

/** What is wrong with a requirement. */
export interface RequirementProblem {
  code: "reference_unknown" | "skill_value_invalid";
  message: string;
}

/** Whether a requirement names a skill there is and asks for a value of its kind; null if it does. */
export function requirementProblem(
  requirement: SkillRequirement,
  skills: ReadonlyMap<string, Skill>,
): RequirementProblem | null {
  const skill = skills.get(requirement.skillId);
  if (!skill) {
    return { code: "reference_unknown", message: `There is no skill "${requirement.skillId}"` };
  }
  const wrong = (message: string): RequirementProblem => ({ code: "skill_value_invalid", message });
  if ("atLeast" in requirement) {
    return skill.kind === "proficiency" ? null : wrong(`Ask a ${skill.kind} skill with "is"`);
  }
  switch (skill.kind) {
    case "proficiency":
      return wrong('Ask a proficiency with "atLeast"');
    case "boolean":
      return typeof requirement.is === "boolean" ? null : wrong("Ask for true or false");
    case "text":
      return typeof requirement.is === "string" ? null : wrong("Ask for a text");
    case "enumeration":
      return typeof requirement.is === "string" && skill.words.includes(requirement.is)
        ? null
        : wrong(`Ask for one of its words: ${skill.words.slice(0, 10).join(", ")}`);
  }
}
