import type { SimulatedWorld } from "./simulated_world.ts";
import { SIMULATED_POP } from "./simulated_world.ts";

const EDGE = "simulation";

/** The agent who is to get a waiting contact: the one named, or the first whom its queue may find. */
export function agentFor(world: SimulatedWorld, agentId: string | undefined): string | undefined {
  const { agents } = world.configuration;
  if (agentId !== undefined) return agents.has(agentId) ? agentId : undefined;
  const place = world.it?.place;
  if (!place) return undefined;
  if (place.agentId !== null) return place.agentId;
  const teams = new Set(place.groups.flatMap((group) => group.teamIds));
  for (const agent of agents.values()) {
    if (agent.teamIds.some((id) => teams.has(id))) return agent.id;
  }
  return undefined;
}

/** Signs an agent in, with a softphone, and makes them available. */
export function seatAgent(world: SimulatedWorld, agentId: string): void {
  world.send({ type: "presence", agentId, edgeId: EDGE, connected: true });
  world.send({ type: "softphone", popId: SIMULATED_POP, agentId, connected: true });
  if (world.state.agents.get(agentId)?.state !== "available") {
    world.agent(agentId, { type: "agent.set-state", state: "available" });
  }
}
