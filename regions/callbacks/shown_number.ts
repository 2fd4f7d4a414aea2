import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";

/**
 * The number shown to someone who is called: what the flow set, what the queue says, the one that
 * they had called, or the tenant's first; only one of the tenant's own. Null withholds it.
 */
export function shownNumber(t: Transition, it: Interaction): string | null {
  const { entryPointByNumber } = t.configuration;
  const { callerId } = callbackPolicyOf(t.configuration, it.place?.queueId);
  const wishes = [it.callerId, callerId, it.address, ...entryPointByNumber.keys()];
  return wishes.find((number) => number && entryPointByNumber.has(number)) ?? null;
}
