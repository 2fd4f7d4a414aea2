import type { Agent } from "../agents/agent.ts";
import { requeue } from "../interactions/requeue.ts";
import { findInteraction } from "../routing/find_interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { endOffer } from "./end_offer.ts";
import { standingOffer } from "./standing_offer.ts";

/**
 * The agent does not take it: back to its place, and to someone else.
 * @throws AntiphonError `offer_gone`
 */
export function declineOffer(t: Transition, agent: Agent, offerId: string): void {
  const it = standingOffer(t, agent, offerId);
  endOffer(t, it, "declined");
  requeue(t, it, "declined");
  findInteraction(t, agent.id);
}
