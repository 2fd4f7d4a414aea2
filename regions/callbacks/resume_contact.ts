import { endInteraction } from "../interactions/end_interaction.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { advancePlace } from "../queues/advance_place.ts";
import type { Transition } from "../tenants/transition.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";
import { holdBack } from "./hold_back.ts";

/**
 * Someone who is to be called and was held back waits again with their place, if nothing stands
 * against it any more: their last call has ended, the pause is over, and the hours are open. Who has
 * been called as often as the queue says is given up.
 */
export function resumeContact(t: Transition, it: Interaction): void {
  if (it.phase !== "postponed" || !it.callback || !it.place) return;
  // Nobody is called twice at once: what was begun must have come to its end.
  if (it.call && !it.call.ended) return;
  const { attempts, notBefore } = it.callback;
  if (attempts >= callbackPolicyOf(t.configuration, it.place.queueId).attempts) {
    return endInteraction(t, it, "callback-failed");
  }
  if (notBefore !== null && notBefore > t.at) return;
  if (holdBack(t, it)) return;
  advancePlace(t, it);
  t.seeking.push(it);
}
