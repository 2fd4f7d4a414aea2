import type { Interaction } from "../interactions/interaction.ts";
import { requeue } from "../interactions/requeue.ts";
import type { Transition } from "../tenants/transition.ts";
import { endOffer } from "./end_offer.ts";

/** An offered contact is not taken: it has its place again, and its agent is found other work. */
export function giveBackOffer(t: Transition, it: Interaction): void {
  const { agentId } = it.offer!;
  endOffer(t, it, "declined");
  requeue(t, it, "declined");
  t.freed.push({ agentId });
}
