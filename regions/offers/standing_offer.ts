import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * The interaction that an agent is being offered.
 * @throws AntiphonError `offer_gone` when the offer ended meanwhile or was another agent's
 */
export function standingOffer(t: Transition, agent: Agent, offerId: string): Interaction {
  const it = t.state.interactions.get(agent.offeredInteractionId ?? "");
  if (it?.offer?.offerId !== offerId) {
    throw new AntiphonError("offer_gone", "The offer has ended; wait for the next one", {
      data: { offerId },
    });
  }
  return it;
}
