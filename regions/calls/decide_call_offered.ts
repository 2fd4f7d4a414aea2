import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { enterActivity } from "../flows/engine/enter_activity.ts";
import { openFlow } from "../flows/open_flow.ts";
import { startingVariables } from "../flows/starting_variables.ts";
import { serviceLevelDue } from "../interactions/service_level_due.ts";
import type { Transition } from "../tenants/transition.ts";

/**
 * A call stands at a PoP: its number's entry point starts a flow. The call is answered at once,
 * except where the flow begins by hanging up. Without an entry point it is refused with 404.
 */
export function decideCallOffered(
  t: Transition,
  popId: string,
  callId: string,
  event: Extract<CallEvent, { type: "call.offered" }>,
): void {
  const point = t.configuration.entryPointByNumber.get(event.to);
  const open = openFlow(t, point, event.to);
  if (!point || !open) {
    t.emit({ type: "call.refused", callId, popId, sipStatus: 404, reason: "no-entry-point" });
    return;
  }
  const { flow, version } = open;
  const answer = flow.activities[flow.start].type !== "hang-up";
  t.emit({
    type: "interaction.started",
    interactionId: callId,
    channel: "voice",
    entryPointId: point.id,
    contact: event.from,
    contactName: null,
    address: event.to,
    assetId: null,
    flowId: flow.id,
    flowVersion: version,
    ...startingVariables(t.configuration.globalVariables, flow, {
      callerNumber: event.from,
      dialledNumber: event.to,
      contactAddress: event.from,
      channel: "voice",
      interactionId: callId,
      entryPoint: point.id,
      language: t.configuration.settings.language,
    }),
    serviceLevel: serviceLevelDue(t, "voice"),
    virtual: null,
    call: { popId, legId: event.legId, transport: event.transport, answer },
    idleUntil: null,
  });
  if (!answer) enterActivity(t, t.state.interactions.get(callId)!, flow.start);
}
