import type {
  RelaxationStep,
  SkillRequirement,
} from "../../../protocol/configuration/skill_requirement.ts";
import { requirementProblem } from "../../skills/requirement_problem.ts";
import type { CheckContext } from "./check_context.ts";

/**
 * Requirements can be met by somebody; relaxation steps come in order of time, and each asks for
 * the same or less than what holds before it.
 *
 * @param path Of the activity that has both.
 */
export function checkRequirements(
  check: Pick<CheckContext, "report" | "skills">,
  path: string,
  requirements: readonly SkillRequirement[],
  relaxation: readonly RelaxationStep[],
): void {
  fit(check, `${path}.requirements`, requirements);
  let held = requirements;
  let since = 0;
  relaxation.forEach((step, i) => {
    const at = `${path}.relaxation.${i}`;
    fit(check, `${at}.requirements`, step.requirements);
    if (step.afterSeconds <= since) {
      check.report(`${at}.afterSeconds`, "relaxation_stricter", "Put steps in order of time");
    }
    step.requirements.forEach((requirement, j) => {
      if (held.some((before) => implies(before, requirement))) return;
      check.report(
        `${at}.requirements.${j}`,
        "relaxation_stricter",
        "Ask for the same or less than before",
      );
    });
    held = step.requirements;
    since = step.afterSeconds;
  });
}

function fit(
  check: Pick<CheckContext, "report" | "skills">,
  path: string,
  requirements: readonly SkillRequirement[],
): void {
  requirements.forEach((requirement, i) => {
    const problem = requirementProblem(requirement, check.skills);
    if (!problem) return;
    const value = "atLeast" in requirement ? "atLeast" : "is";
    const field = problem.code === "reference_unknown" ? "skillId" : value;
    check.report(`${path}.${i}.${field}`, problem.code, problem.message);
  });
}

/** Whether whoever meets the first meets the second too. */
function implies(first: SkillRequirement, second: SkillRequirement): boolean {
  if (first.skillId !== second.skillId) return false;
  if ("atLeast" in second) return "atLeast" in first && first.atLeast >= second.atLeast;
  return "is" in first && first.is === second.is;
}
