import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import type { CapacityTeam } from "./find_outside_team.ts";

/** Time a PoP may take beyond the ringing itself, in milliseconds. */
const GRACE_MS = 10_000;

/** Has the call's PoP dial a capacity based team's number as the B leg. */
export function passOutside(t: Transition, it: Interaction, team: CapacityTeam): void {
  const { number, ringSeconds } = team.capacity;
  t.emit({
    type: "interaction.passed-outside",
    interactionId: it.id,
    teamId: team.id,
    number,
    legId: t.context.newId(),
    ringSeconds,
    deadline: t.at + ringSeconds * 1000 + GRACE_MS,
  });
}
