import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/**
 * A contact is with one agent at most, an agent has one offer at most, or is kept free for one who is called, and
 * both know the same.
 */
export function oneOffer(): Observer {
  return {
    afterDecision({ state }) {
      const fail = (message: string) => {
        throw new Violation("one-offer", message);
      };
      const offered = new Map<string, string>();
      for (const it of state.interactions.values()) {
        if ((it.offer !== null) !== (it.phase === "offered")) fail(`${it.id} is ${it.phase}`);
        const agentId = it.offer?.agentId ?? it.callback?.reservedAgentId ?? null;
        if (agentId === null) continue;
        if (it.agentId !== null) fail(`${it.id} is offered while ${it.agentId} has it`);
        if (offered.has(agentId)) {
          fail(`${agentId} is offered ${it.id} and ${offered.get(agentId)}`);
        }
        offered.set(agentId, it.id);
      }
      for (const agent of state.agents.values()) {
        const known = agent.offeredInteractionId;
        if (known !== (offered.get(agent.id) ?? null)) fail(`${agent.id} is offered ${known}`);
        for (const id of agent.assigned) {
          const it = state.interactions.get(id);
          if (it?.agentId !== agent.id) fail(`${agent.id} has ${id}, which ${it?.agentId} has`);
        }
      }
      for (const it of state.interactions.values()) {
        if (it.agentId === null || it.phase === "ending") continue;
        if (!state.agents.get(it.agentId)?.assigned.includes(it.id)) {
          fail(`${it.agentId} does not know of ${it.id}, which is ${it.phase}`);
        }
      }
    },
  };
}
