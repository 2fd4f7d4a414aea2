import type { Interaction } from "../../../regions/interactions/interaction.ts";
import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Teams join the search at their times, not before, and never leave it while the place lasts. */
export function searchOnlyWidens(): Observer {
  const joined = new Map<string, { place: string; teams: Set<string> }>();
  const check = (it: Interaction, at: number, exists: (teamId: string) => boolean) => {
    const place = it.place!;
    const early = place.groups.slice(0, place.groupsJoined).find((group) => group.at > at);
    if (early) {
      throw new Violation("search-only-widens", `${early.teamIds} joined for ${it.id} too early`);
    }
    const groups = place.groups.slice(0, place.groupsJoined);
    const teams = new Set(groups.flatMap((group) => group.teamIds));
    const key = `${place.queueId} ${place.order}`;
    const before = joined.get(it.id);
    if (before?.place === key) {
      for (const team of before.teams) {
        if (teams.has(team) || !exists(team)) continue;
        throw new Violation("search-only-widens", `${team} left the search for ${it.id}`);
      }
    }
    joined.set(it.id, { place: key, teams });
  };
  return {
    afterEvent({ state, at, configuration }, event) {
      if (!("interactionId" in event)) return;
      const it = state.interactions.get(event.interactionId);
      const exists = (id: string) => configuration.document.teams.some((team) => team.id === id);
      if (it?.place) check(it, at, exists);
    },
  };
}
