import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";

/** Why a caller cannot be called back at a number; null if they can. */
export function callbackRefusal(
  t: Transition,
  queueId: string | undefined,
  number: string,
): "callback-disabled" | "number-is-ours" | null {
  if (!callbackPolicyOf(t.configuration, queueId).enabled) return "callback-disabled";
  return t.configuration.entryPointByNumber.has(number) ? "number-is-ours" : null;
}

/**
 * A caller with a place keeps it and is called back. The call ends at once, or when its flow has
 * said goodbye.
 */
export function keepPlace(
  t: Transition,
  it: Interaction,
  { number, withinSeconds, hangsUp }: { number: string; withinSeconds: number; hangsUp: boolean },
): void {
  const interactionId = it.id;
  const until = t.at + withinSeconds * 1000;
  // Nobody is called while a call of theirs may stand: its end is waited for as long as the place is.
  t.emit({
    type: "interaction.made-virtual",
    ...{ interactionId, number, until, deadline: until, hangsUp },
  });
  t.emit({ type: "interaction.postponed", interactionId, until: null, reason: "call-ends" });
}
