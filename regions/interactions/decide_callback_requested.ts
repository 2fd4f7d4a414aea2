import { callbackPolicyOf } from "../callbacks/callback_policy_of.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { liveInteraction } from "./live_interaction.ts";
import type { TenantCommand } from "../tenants/tenant_command.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * A waiting caller is to be called back: the call ends and the place stays (courtesy callback).
 * @throws AntiphonError `unknown_entity`, `invalid_request` for a number of the tenant's own, or
 * `state_not_allowed` unless a caller waits in a queue that calls back
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
  if (!callbackPolicyOf(t.configuration, it.place?.queueId).enabled) {
    throw new AntiphonError("state_not_allowed", "The queue calls nobody back", {
      data: { queueId: it.place?.queueId },
    });
  }
  if (t.configuration.entryPointByNumber.has(command.number)) {
    throw new AntiphonError("invalid_request", "Name a number that is not the tenant's own", {
      data: { fields: [{ path: "number", message: "It is ours", code: "number_is_ours" }] },
    });
  }
  const until = t.at + command.withinSeconds * 1000;
  t.emit({
    type: "interaction.made-virtual",
    interactionId: it.id,
    number: command.number,
    until,
    // Nobody is called while a call of theirs may stand.
    deadline: until,
  });
  const reason = "call-ends";
  t.emit({ type: "interaction.postponed", interactionId: it.id, until: null, reason });
}
