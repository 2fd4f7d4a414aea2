import type { Interaction } from "../interactions/interaction.ts";
import { requeue } from "../interactions/requeue.ts";
import type { Transition } from "../tenants/transition.ts";
import { endOffer } from "./end_offer.ts";

/**
 * An offered contact is not taken: it has its place again, and its agent is found other work. What
 * was declined is not offered to the same agent again until they become available anew.
 */
export function giveBackOffer(
  t: Transition,
  it: Interaction,
  reason: "declined" | "withdrawn" = "declined",
): void {
  const { agentId } = it.offer!;
  endOffer(t, it, reason);
  requeue(t, it, reason);
  t.freed.push({ agentId });
}
