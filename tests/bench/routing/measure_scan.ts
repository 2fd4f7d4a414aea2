import { mediaOf } from "../../../protocol/interaction/media_kind.ts";
import type { Agent } from "../../../regions/agents/agent.ts";
import type { Interaction } from "../../../regions/interactions/interaction.ts";
import { compareByService } from "../../../regions/routing/compare_by_service.ts";
import { hasDeclined } from "../../../regions/routing/has_declined.ts";
import { hasRoom } from "../../../regions/routing/has_room.ts";
import { meetsRequirement } from "../../../regions/skills/meets_requirement.ts";
import { ContactCenter } from "./contact_center.ts";

const SEARCHES = 200;

/**
 * Finds work for agents and agents for contacts, 10,000 waiting and 2,000 free who do not match:
 * by the index, and by walking over all of them. Microseconds a search.
 */
export function measureScan() {
  const center = new ContactCenter({ agents: 2000, requirements: 3, questions: 4 });
  for (let n = 0; n < 2000; n++) center.signIn(n);
  for (let i = 0; i < 10_000; i++) center.send(center.arrival(true));
  for (let n = 0; n < 2000; n++) center.available(n);
  const { agents, interactions, routing } = center.state;
  const everyone = [...agents.values()].slice(0, SEARCHES);
  const contacts = [...interactions.values()].slice(0, SEARCHES);
  const each = (run: () => void) => {
    const start = performance.now();
    run();
    return Math.round((performance.now() - start) * 1000 / SEARCHES * 100) / 100;
  };
  const work = () => everyone.forEach((agent) => routing.bestInteraction(agent));
  const agent = () => contacts.forEach((it) => routing.bestAgent(it));
  work();
  agent();
  const figures = {
    contactForAgent: { index: each(work), scan: 0, ratio: 0 },
    agentForContact: { index: each(agent), scan: 0, ratio: 0 },
  };
  figures.contactForAgent.scan = each(() => {
    for (const one of everyone) {
      let best: Interaction | undefined;
      for (const it of interactions.values()) {
        if (!eligible(one, it)) continue;
        if (!best || compareByService(it.place!, best.place!) < 0) best = it;
      }
    }
  });
  figures.agentForContact.scan = each(() => {
    for (const it of contacts) {
      let best: Agent | undefined;
      for (const one of agents.values()) {
        if (eligible(one, it) && (!best || one.freeSince < best.freeSince)) best = one;
      }
    }
  });
  for (const figure of Object.values(figures)) {
    figure.ratio = Math.round(figure.scan / Math.max(figure.index, 0.01));
  }
  return figures;
}

function eligible(agent: Agent, it: Interaction): boolean {
  const place = it.place!;
  return agent.state === "available" && agent.offeredInteractionId === null &&
    place.groups[0].teamIds.some((team) => agent.teamIds.includes(team)) &&
    hasRoom(agent.capacity, agent.load, mediaOf(it.channel)) && !hasDeclined(it, agent) &&
    place.requirements.every((requirement) => meetsRequirement(agent.skills, requirement));
}
