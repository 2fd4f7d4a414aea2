import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { compareByService } from "./compare_by_service.ts";
import { makeOffer } from "./make_offer.ts";

/** A contact who may find an agent now, and the freed agent by whom that is known. */
interface Chance {
  it: Interaction;
  agent: Agent | null;
}

/**
 * Brings together the agents whom a decision has freed so far and the contacts who have come to
 * wait by it: the contact that comes first goes to the best agent for it, then the next. With f
 * freed agents and c contacts O((f + c) × (lines + log(f + c))).
 *
 * @param arriving A contact who waits since just now.
 */
export function matchAgents(t: Transition, arriving?: Interaction): void {
  /** In order of service, the first last. */
  const chances: Chance[] = [];
  for (const it of t.seeking) addTo(chances, { it, agent: null });
  if (arriving) addTo(chances, { it: arriving, agent: null });
  for (;;) {
    for (const agent of takeFreed(t)) addChanceOf(t, chances, agent);
    const chance = chances.pop();
    if (!chance) return;
    const { it, agent } = chance;
    if (it.phase === "queued") {
      const alone = agent !== null && chances.length === 0;
      const best = alone ? agent : t.state.routing.bestAgent(it);
      if (best) makeOffer(t, it, best);
      if (best === agent) continue;
    }
    // Somebody else has the contact: there may be another.
    if (agent) addChanceOf(t, chances, agent);
  }
}

/** The agents freed since the last time. */
function takeFreed(t: Transition): Agent[] {
  const agents = new Set<Agent>();
  for (const freed of t.freed.splice(0)) {
    if ("teamId" in freed) {
      t.freedTeams.add(freed.teamId);
      continue;
    }
    const agent = t.state.agents.get(freed.agentId);
    if (!agent) continue;
    if (t.configuration.agents.has(agent.id)) agents.add(agent);
    else t.leaving.add(agent.id);
  }
  return [...agents];
}

function addChanceOf(t: Transition, chances: Chance[], agent: Agent): void {
  const it = t.state.routing.bestInteraction(agent);
  if (it) addTo(chances, { it, agent });
}

/** Binary insertion. O(log n) comparisons. */
function addTo(chances: Chance[], chance: Chance): void {
  if (chance.it.phase !== "queued") return;
  let low = 0;
  let high = chances.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareByService(chances[middle].it.place!, chance.it.place!) > 0) low = middle + 1;
    else high = middle;
  }
  chances.splice(low, 0, chance);
}
