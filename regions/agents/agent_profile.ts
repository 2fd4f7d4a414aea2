import type { MediaCapacity } from "../../protocol/configuration/multimedia_profile.ts";
import type { SkillValues } from "../../protocol/configuration/skill_profile.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";

/** What routing knows of an agent from the configuration. */
export interface AgentProfile {
  name: string;
  teamIds: string[];
  skills: SkillValues;
  capacity: MediaCapacity;
}

/**
 * An agent's profile. Of a skill, the agent's own value counts, then that of their skill profile,
 * then that of the first of their teams whose profile has it. Of multimedia profiles, the agent's
 * counts, then that of the first of their teams that has one, then of that team's site, then the
 * tenant's. Undefined when there is no such agent. O(teams + skills).
 */
export function agentProfileOf(
  configuration: ConfigurationIndex,
  agentId: string,
): AgentProfile | undefined {
  const agent = configuration.agents.get(agentId);
  if (!agent) return undefined;
  const { skillProfiles, settings } = configuration;
  const teams = agent.teamIds.flatMap((id) => configuration.teams.get(id) ?? []);
  const values = (id: string | undefined) =>
    id === undefined ? {} : skillProfiles.get(id)?.values ?? {};
  const skills: SkillValues = {};
  for (const team of teams.toReversed()) Object.assign(skills, values(team.skillProfileId));
  Object.assign(skills, values(agent.skillProfileId), agent.skills);
  const site = teams[0] && configuration.sites.get(teams[0].siteId);
  const profileId = agent.multimediaProfileId ??
    teams.find((team) => team.multimediaProfileId !== undefined)?.multimediaProfileId ??
    site?.multimediaProfileId;
  const { voice, chat, email, social, blending } =
    configuration.multimediaProfiles.get(profileId ?? "") ?? settings.capacity;
  return {
    name: agent.name,
    teamIds: [...agent.teamIds],
    skills,
    capacity: { voice, chat, email, social, blending },
  };
}
