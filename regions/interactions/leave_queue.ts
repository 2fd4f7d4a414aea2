import { enterActivity } from "../flows/enter_activity.ts";
import { hangUp } from "../calls/hang_up.ts";
import type { Transition } from "../tenants/transition.ts";
import { endInteraction } from "./end_interaction.ts";
import type { Interaction } from "./interaction.ts";

/**
 * A contact who waited for one agent waits no more: its flow goes on where it said for that case.
 * One without a flow to go on with, such as a virtual contact, ends.
 */
export function leaveQueue(t: Transition, it: Interaction, reason: string): void {
  const next = it.place!.onUnavailable;
  if (it.virtual) return endInteraction(t, it, reason);
  if (next === null) return hangUp(t, it, "failure");
  t.emit({ type: "interaction.left-queue", interactionId: it.id, reason });
  enterActivity(t, it, next);
}
