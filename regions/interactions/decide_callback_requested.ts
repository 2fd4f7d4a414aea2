import { callbackRefusal, keepPlace } from "../callbacks/keep_place.ts";
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
  const { number, withinSeconds } = command;
  const refusal = callbackRefusal(t, it.place?.queueId, number);
  if (refusal === "number-is-ours") {
    throw new AntiphonError("invalid_request", "Name a number that is not the tenant's own", {
      data: { fields: [{ path: "number", message: "It is ours", code: "number_is_ours" }] },
    });
  }
  if (refusal) {
    throw new AntiphonError("state_not_allowed", "The queue calls nobody back", {
      data: { queueId: it.place?.queueId },
    });
  }
  keepPlace(t, it, { number, withinSeconds, hangsUp: true });
}
