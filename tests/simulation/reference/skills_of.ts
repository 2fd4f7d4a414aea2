import type { SkillRequirement } from "../../../protocol/configuration/skill_requirement.ts";
import type { SkillValues } from "../../../protocol/configuration/skill_profile.ts";
import type { TenantConfiguration } from "../../../protocol/configuration/tenant_configuration.ts";

/** An agent's skills by the configuration: own values, own profile, then the teams in order. */
export function skillsOf(document: TenantConfiguration, agentId: string): SkillValues {
  const agent = document.agents.find((candidate) => candidate.id === agentId);
  if (!agent) return {};
  const valuesOf = (id: string | undefined) =>
    document.skillProfiles.find((profile) => profile.id === id)?.values ?? {};
  const sources = [
    agent.skills,
    valuesOf(agent.skillProfileId),
    ...agent.teamIds.map((id) =>
      valuesOf(document.teams.find((team) => team.id === id)?.skillProfileId)
    ),
  ];
  const skills: SkillValues = {};
  for (const source of sources) {
    for (const [id, value] of Object.entries(source)) if (!(id in skills)) skills[id] = value;
  }
  return skills;
}

/** Whether skills meet a requirement. */
export function meets(skills: SkillValues, requirement: SkillRequirement): boolean {
  const value = skills[requirement.skillId];
  if ("atLeast" in requirement) {
    return (typeof value === "number" ? value : 0) >= requirement.atLeast;
  }
  if (typeof requirement.is === "boolean") return (value === true) === requirement.is;
  if (Array.isArray(value)) return value.includes(requirement.is);
  return value === requirement.is;
}

/** What agents are compared by where the best is sought. */
export function proficiency(skills: SkillValues, requirements: readonly SkillRequirement[]) {
  return requirements.reduce((sum, requirement) => {
    const value = skills[requirement.skillId];
    return sum + ("atLeast" in requirement && typeof value === "number" ? value : 0);
  }, 0);
}
