import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { liveInteraction } from "./live_interaction.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";

/** The PoP must have reported the end of the call within this time, in milliseconds. */
const HANG_UP_MS = 30_000;

/**
 * A waiting caller is to be called back: the call ends and the place stays (courtesy callback).
 * @throws AntiphonError `unknown_entity`, or `state_not_allowed` unless a caller waits
 */
export function decideCallbackRequested(
  t: Transition,
  command: Extract<TenantCommand, { type: "callback-requested" }>,
): void {
  const it = liveInteraction(t, command.interactionId);
  if (it.phase !== "queued" || !it.call || it.call.ended || it.virtual) {
    throw new AntiphonError("state_not_allowed", "Only a caller who waits can be called back", {
      data: { phase: it.phase },
    });
  }
  t.emit({
    type: "interaction.made-virtual",
    interactionId: it.id,
    number: command.number,
    until: t.at + command.withinSeconds * 1000,
    deadline: t.at + HANG_UP_MS,
  });
  t.seeking.push(it);
}
