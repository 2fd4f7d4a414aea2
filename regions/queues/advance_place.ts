import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * Lets groups join the search and relaxation steps take hold whose time has come. Returns whether
 * anything did: then an agent may be found who was not before. O(groups + steps).
 */
export function advancePlace(t: Transition, it: Interaction): boolean {
  const { groups, groupsJoined, relaxation } = it.place!;
  let joined = groupsJoined;
  while (joined < groups.length && groups[joined].at <= t.at) joined += 1;
  if (joined > groupsJoined) {
    t.emit({ type: "interaction.widened", interactionId: it.id, groupsJoined: joined });
  }
  const due = relaxation.findLastIndex((step) => step.at <= t.at);
  if (due >= 0) {
    t.emit({
      type: "interaction.relaxed",
      interactionId: it.id,
      requirements: relaxation[due].requirements,
      left: relaxation.length - due - 1,
    });
  }
  return joined > groupsJoined || due >= 0;
}
