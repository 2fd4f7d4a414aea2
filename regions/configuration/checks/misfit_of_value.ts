import type { Skill, SkillValue } from "../../../protocol/configuration/skill.ts";

/** Why a value cannot be one of this skill; undefined when it can. */
export function misfitOfValue(skill: Skill, value: SkillValue): string | undefined {
  switch (skill.kind) {
    case "proficiency":
      return typeof value === "number" ? undefined : "Give a number from 0 to 10";
    case "boolean":
      return typeof value === "boolean" ? undefined : "Give true or false";
    case "text":
      return typeof value === "string" ? undefined : "Give a text";
    case "enumeration": {
      if (typeof value !== "string" && !Array.isArray(value)) return "Give words of the skill";
      const unknown = [value].flat().find((word) => !skill.words.includes(word));
      return unknown === undefined ? undefined : `"${unknown}" is no word of the skill`;
    }
  }
}
