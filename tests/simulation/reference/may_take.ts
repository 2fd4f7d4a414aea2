import type { Agent } from "../../../regions/agents/agent.ts";
import type { Interaction } from "../../../regions/interactions/interaction.ts";
import type { TenantView } from "../checks/decision_observer.ts";
import { contactTerms } from "./contact_terms.ts";
import type { Declines } from "./declines.ts";
import { mediaAt, profileOf, roomLeft } from "./room_left.ts";
import { meets, skillsOf } from "./skills_of.ts";

/**
 * Why an agent may not take a waiting contact; null if they may. Written from the promises alone,
 * and from the configuration and the contacts instead of what the core derives from them. O(n).
 */
export function mayNotTake(
  view: TenantView,
  declines: Declines,
  agent: Agent,
  it: Interaction,
): string | null {
  const { state, configuration: { document } } = view;
  const terms = contactTerms(it);
  const configured = document.agents.find((candidate) => candidate.id === agent.id);
  if (!configured) return "is not configured";
  if (agent.state !== "available") return `is ${agent.state}`;
  if (agent.edgeId === null) return "has no desktop";
  for (const { offer, callback } of state.interactions.values()) {
    if (offer?.agentId === agent.id) return "has an offer";
    if (callback?.reservedAgentId === agent.id) return "is kept free for someone who is called";
  }
  if (terms.agentId !== null && terms.agentId !== agent.id) return `is not ${terms.agentId}`;
  if (terms.agentId === null) {
    if (!configured.teamIds.some((team) => terms.teamIds.has(team))) return "is in no team asked";
    const skills = skillsOf(document, agent.id);
    const missing = terms.requirements.find((requirement) => !meets(skills, requirement));
    if (missing) return `lacks ${missing.skillId}`;
  }
  if (terms.popId === "anywhere" && agent.softphonePopId === null) return "has no softphone";
  const anywhere = terms.popId === null || terms.popId === "anywhere";
  if (!anywhere && agent.softphonePopId !== terms.popId) return "has no softphone there";
  if (declines.has(view.tenantId, agent.id, it.id)) return "has declined it";
  if (!roomLeft(profileOf(document, agent.id), mediaAt(state, agent.id), terms.media)) {
    return "has no room";
  }
  return null;
}
