import type { SkillValues } from "../../../protocol/configuration/skill_profile.ts";
import type { CheckContext } from "./check_context.ts";
import { misfitOfValue } from "./misfit_of_value.ts";

/** Words of an enumeration are unique; profiles give values that their skills can have. */
export function checkSkills(check: CheckContext): void {
  check.document.skills.forEach((skill, i) => {
    if (skill.kind !== "enumeration") return;
    check.unique(skill.words, "word_repeated", (j) => `skills.${i}.words.${j}`);
  });
  check.document.skillProfiles.forEach((profile, i) =>
    checkSkillValues(check, `skillProfiles.${i}.values`, profile.values)
  );
}

/** Values belong to skills that there are, and fit them. */
export function checkSkillValues(check: CheckContext, path: string, values: SkillValues): void {
  for (const [skillId, value] of Object.entries(values)) {
    const at = `${path}.${skillId}`;
    const skill = check.skills.get(skillId);
    check.refer(at, skillId, check.skills, "skill");
    const misfit = skill && misfitOfValue(skill, value);
    if (misfit !== undefined) check.report(at, "skill_value_invalid", misfit);
  }
}
