import type { Interaction } from "../interactions/interaction.ts";
import type { Transition } from "../tenants/transition.ts";
import { callWindow } from "./call_window.ts";
import { callbackPolicyOf } from "./callback_policy_of.ts";

/** Until a number that we have on the line already is tried again, in milliseconds. */
const BUSY_MS = 60_000;

/**
 * Takes someone who is to be called out of the line if they may not be called now; the place stays.
 * Otherwise takes note of when the hours for that end. Returns whether they were taken out.
 */
export function holdBack(t: Transition, it: Interaction): boolean {
  const { window } = callbackPolicyOf(t.configuration, it.place?.queueId);
  const hours = t.configuration.hours.get(window?.businessHoursId ?? "");
  const { open, changesAt } = window && hours
    ? callWindow(hours, window, t.at)
    : { open: true, changesAt: null };
  const busy = t.state.outgoing.isCalled(it.virtual!.number);
  if (!open || busy) {
    const until = open ? t.at + BUSY_MS : changesAt;
    const reason = open ? "number-busy" : "window";
    t.emit({ type: "interaction.postponed", interactionId: it.id, until, reason });
    return true;
  }
  const waits = it.phase !== "postponed";
  if (waits && it.callback!.windowEnds === changesAt) return false;
  t.emit({ type: "interaction.resumed", interactionId: it.id, windowEnds: changesAt });
  return false;
}
