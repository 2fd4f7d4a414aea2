import { disconnectAgent } from "../agents/disconnect_agent.ts";
import { endWait } from "../interactions/end_wait.ts";
import { resumeTreatment } from "../interactions/resume_treatment.ts";
import type { Transition } from "../tenants/transition.ts";
import { compareByService } from "./compare_by_service.ts";
import { findAgent } from "./find_agent.ts";
import { findInteraction } from "./find_interaction.ts";
import { findOutsideCall } from "./find_outside_call.ts";

/**
 * Brings together whom a decision has freed and who has come to wait by it: agents and capacity
 * based teams find work, contacts find agents in their order of service, and only then goes on who
 * found nobody: with the treatment, or with what follows when the wait is over.
 */
export function findWork(t: Transition): void {
  for (;;) {
    const freed = t.freed.shift();
    if (freed) {
      if ("teamId" in freed) findOutsideCall(t, freed.teamId);
      else findWorkFor(t, freed.agentId);
      continue;
    }
    if (t.seeking.length > 0) {
      const seeking = t.seeking.splice(0).filter((it) => it.phase === "queued")
        .sort((a, b) => compareByService(a.place!, b.place!));
      for (const it of seeking) findAgent(t, it);
      for (const it of seeking) resumeTreatment(t, it);
      continue;
    }
    const waited = t.waited.shift();
    if (!waited) return;
    if (waited.phase === "queued") endWait(t, waited);
  }
}

/** An agent whom the configuration no longer has is signed out once they have nothing left. */
function findWorkFor(t: Transition, agentId: string): void {
  const agent = t.state.agents.get(agentId);
  if (!agent) return;
  const removed = agent.edgeId !== null && !t.configuration.agents.has(agentId);
  if (removed && agent.assigned.length === 0) return disconnectAgent(t, agent);
  findInteraction(t, agent);
}
