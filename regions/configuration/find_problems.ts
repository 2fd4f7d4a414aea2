import type { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { FieldProblem } from "../../protocol/errors/problem.ts";
import { checkAgents } from "./checks/check_agents.ts";
import { CheckContext } from "./checks/check_context.ts";
import { checkEntryPoints } from "./checks/check_entry_points.ts";
import { checkFlows } from "./checks/check_flows.ts";
import { checkHours } from "./checks/check_hours.ts";
import { checkIds } from "./checks/check_ids.ts";
import { checkPrompts } from "./checks/check_prompts.ts";
import { checkQueues } from "./checks/check_queues.ts";
import { checkSettings } from "./checks/check_settings.ts";
import { checkSites } from "./checks/check_sites.ts";
import { checkSkills } from "./checks/check_skills.ts";
import { checkTeams } from "./checks/check_teams.ts";
import { checkVariables } from "./checks/check_variables.ts";

const CHECKS = [
  checkIds,
  checkSites,
  checkTeams,
  checkSkills,
  checkAgents,
  checkHours,
  checkQueues,
  checkEntryPoints,
  checkFlows,
  checkPrompts,
  checkVariables,
  checkSettings,
];

/**
 * Finds what a schema cannot: ids that are not unique, references that lead nowhere or to the
 * wrong kind, values that do not fit together. Each problem has the JSON path of its field and a
 * stable code (`ProblemCode`). O(document).
 */
export function findProblems(document: TenantConfiguration): FieldProblem[] {
  const check = new CheckContext(document);
  for (const run of CHECKS) run(check);
  return check.problems;
}
