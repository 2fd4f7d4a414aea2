import { isDeepStrictEqual } from "node:util";
import type { Agent } from "./agent.ts";
import type { AgentProfile } from "./agent_profile.ts";

/** Whether an agent has this profile already. */
export function sameProfile(agent: Agent, profile: AgentProfile): boolean {
  const { name, teamIds, skills, capacity } = agent;
  return isDeepStrictEqual({ name, teamIds, skills, capacity }, profile);
}
