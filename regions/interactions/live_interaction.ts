import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Transition } from "../tenants/transition.ts";
import type { Interaction } from "./interaction.ts";

/**
 * A live interaction of the tenant.
 * @throws AntiphonError `unknown_entity`
 */
export function liveInteraction(t: Transition, interactionId: string): Interaction {
  const it = t.state.interactions.get(interactionId);
  if (it) return it;
  throw new AntiphonError("unknown_entity", "There is no such live interaction in this tenant", {
    data: { interactionId },
  });
}
