import { disconnectAgent } from "../agents/disconnect_agent.ts";
import { endWait } from "../interactions/end_wait.ts";
import { resumeTreatment } from "../interactions/resume_treatment.ts";
import type { Transition } from "../tenants/transition.ts";
import { compareByService } from "./compare_by_service.ts";
import { findOutsideCall } from "./find_outside_call.ts";
import { matchAgents } from "./match_agents.ts";
import { matchOutside } from "./match_outside.ts";

/**
 * Brings together whom a decision has freed and who has come to wait by it: agents and contacts in
 * their order of service, then numbers and the calls nobody could take, and only then goes on who
 * found nobody: with the treatment, or with what follows when the wait is over.
 */
export function findWork(t: Transition): void {
  for (;;) {
    matchAgents(t);
    if (signOutRemoved(t)) continue;
    if (t.seeking.length > 0) {
      const seeking = t.seeking.splice(0).filter((it) => it.phase === "queued")
        .sort((a, b) => compareByService(a.place!, b.place!));
      for (const it of seeking) matchOutside(t, it);
      for (const it of seeking) resumeTreatment(t, it);
      continue;
    }
    const [teamId] = t.freedTeams;
    if (teamId !== undefined) {
      if (!findOutsideCall(t, teamId)) t.freedTeams.delete(teamId);
      continue;
    }
    const waited = t.waited.shift();
    if (!waited) return;
    if (waited.phase === "queued") endWait(t, waited);
  }
}

/**
 * Agents whom the configuration no longer has are signed out once they have nothing left; returns
 * whether one was, since whoever was on offer to them seeks another agent then.
 */
function signOutRemoved(t: Transition): boolean {
  let any = false;
  for (const agentId of t.leaving) {
    t.leaving.delete(agentId);
    const agent = t.state.agents.get(agentId);
    if (!agent || agent.edgeId === null || agent.assigned.length > 0) continue;
    disconnectAgent(t, agent);
    any = true;
  }
  return any;
}
