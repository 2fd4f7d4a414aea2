import { conversationKey, type TenantState } from "../tenants/tenant_state.ts";
import type { TenantEventOf } from "../tenants/tenant_event.ts";
import type { Interaction } from "./interaction.ts";
import { newCallback } from "../callbacks/callback_state.ts";
import { blankLeg } from "./blank_leg.ts";

/** A PoP must have answered a call within this time, in milliseconds. */
const ANSWER_MS = 30_000;

/** Adds the interaction that an event began. */
export function startInteraction(
  state: TenantState,
  event: TenantEventOf<"interaction.started">,
  at: number,
): void {
  const call = event.call;
  const it: Interaction = {
    id: event.interactionId,
    channel: event.channel,
    phase: "flow",
    entryPointId: event.entryPointId,
    contact: event.contact,
    contactName: event.contactName,
    address: event.address,
    assetId: event.assetId,
    startedAt: at,
    flow: {
      id: 0,
      flowId: event.flowId,
      version: event.flowVersion,
      activityId: null,
      step: 0,
      enteredAt: at,
      deadline: call ? at + ANSWER_MS : null,
      kept: null,
      frames: [],
      variables: { ...event.variables },
      handlers: [],
      lastStep: 0,
      rounds: {},
      failures: 0,
      interrupted: false,
      pausedUntil: null,
      putAside: null,
    },
    call: call && {
      callId: event.interactionId,
      popId: call.popId,
      number: null,
      startedAt: at,
      stage: null,
      carrierLegId: call.legId,
      answered: false,
      ended: false,
      hangUpBy: null,
    },
    virtual: event.virtual,
    callback: event.virtual && newCallback(at),
    callerId: null,
    place: null,
    offer: null,
    agentId: null,
    agentLegId: null,
    teamId: null,
    connectedAt: null,
    wrapUpUntil: null,
    wrapUpCode: null,
    endCause: null,
    endedAt: null,
    declined: [],
    legs: call
      ? [{
        ...blankLeg(call.legId, call.popId, at),
        kind: "carrier",
        direction: "ingress",
        transport: call.transport,
      }]
      : [],
    recordings: [],
    sentMessages: [],
    lastMessageAt: at,
    idleUntil: event.idleUntil,
    timers: { responseDue: null, overdue: false, contactIdleAt: null, extensions: 0 },
    serviceLevel: event.serviceLevel,
    firstResponseAt: null,
    variableLists: event.variableLists,
    screenPop: null,
  };
  state.interactions.set(it.id, it);
  if (it.assetId) state.conversations.set(conversationKey(it.assetId, it.contact), it.id);
}
