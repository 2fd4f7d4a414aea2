import { Declines } from "../reference/declines.ts";
import { mayNotTake } from "../reference/may_take.ts";
import type { TenantView } from "./decision_observer.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";
import type { Interaction } from "../../../regions/interactions/interaction.ts";

/**
 * A capacity based team is given a call only if no agent may take it, never above its calls, never
 * one that it did not take; and nobody waits who could be passed on to one.
 */
export function numbersTakeWhatIsLeft(): Observer {
  const declines = new Declines();
  const failed = new Map<string, Set<string>>();
  const placeOf = (it: Interaction) => `${it.id} ${it.place?.order}`;
  const canTake = (view: TenantView, it: Interaction, teamId: string) => {
    const { state, configuration: { document } } = view;
    const capacity = document.teams.find((team) => team.id === teamId)?.capacity;
    if (!capacity || !it.call || it.call.ended || it.virtual || it.place!.agentId !== null) {
      return false;
    }
    if (failed.get(placeOf(it))?.has(teamId)) return false;
    const joined = it.place!.groups.slice(0, it.place!.groupsJoined);
    if (!joined.some((group) => group.teamIds.includes(teamId))) return false;
    const has = [...state.interactions.values()].filter((other) => other.teamId === teamId);
    return has.length < capacity.calls;
  };
  return {
    beforeEvent(view, event) {
      declines.see(view, event);
      if (event.type === "interaction.requeued" && event.failedTeamId) {
        const key = placeOf(view.state.interactions.get(event.interactionId)!);
        failed.set(key, (failed.get(key) ?? new Set()).add(event.failedTeamId));
      }
      if (event.type !== "interaction.passed-outside") return;
      const it = view.state.interactions.get(event.interactionId)!;
      if (!canTake(view, it, event.teamId)) {
        throw new Violation("numbers-take-what-is-left", `${event.teamId} cannot take ${it.id}`);
      }
      for (const agent of view.state.agents.values()) {
        if (mayNotTake(view, declines, agent, it)) continue;
        throw new Violation(
          "numbers-take-what-is-left",
          `${it.id} went to ${event.teamId} though ${agent.id} may take it`,
        );
      }
    },
    afterDecision(view) {
      const { state, configuration: { document } } = view;
      const teams = document.teams.filter((team) => team.capacity);
      if (teams.length === 0) return;
      for (const it of state.interactions.values()) {
        if (it.phase !== "queued") continue;
        const team = teams.find((candidate) => canTake(view, it, candidate.id));
        if (!team) continue;
        throw new Violation("numbers-take-what-is-left", `${it.id} waits, ${team.id} has room`);
      }
    },
  };
}
