import type { Leg } from "../../protocol/interaction/interaction_record.ts";
import { enterLine, leaveLine } from "../routing/waiting_line.ts";
import type { TenantEvent, TenantEventOf } from "../tenants/tenant_event.ts";
import { conversationKey, type TenantState } from "../tenants/tenant_state.ts";
import type { Interaction } from "./interaction.ts";

/** A PoP must have answered a call within this time, in milliseconds. */
const ANSWER_MS = 30_000;

/** Message ids remembered for repeats of their commands. */
const MOST_SENT = 49;
/** No call lasts longer: PoPs end one after four hours, and this much later it is given up here. */
const LONGEST_CALL_MS = 4 * 3_600_000 + 5 * 60_000;

/** Applies what an event means for interactions, their queue places and their legs. */
export function evolveInteraction(state: TenantState, event: TenantEvent, at: number): void {
  if (event.type === "interaction.started") return start(state, event, at);
  if (!("interactionId" in event)) return;
  const it = state.interactions.get(event.interactionId);
  if (it) apply(state, it, event, at);
}

function apply(state: TenantState, it: Interaction, event: TenantEvent, at: number): void {
  switch (event.type) {
    case "call.answered": {
      if (it.call) it.call.answered = true;
      const leg = it.legs[0];
      if (leg) Object.assign(leg, { answeredAt: at, codec: event.codec });
      return;
    }
    case "flow.entered":
      it.flow.activityId = event.activityId;
      it.flow.step = event.step;
      it.flow.deadline = event.deadline;
      return;
    case "flow.variable-set":
      it.flow.variables[event.variable] = event.value;
      return;
    case "flow.ended":
      it.flow.activityId = null;
      it.flow.deadline = null;
      return;
    case "interaction.queued":
      it.phase = "queued";
      it.flow.deadline = null;
      it.place = {
        queueId: event.queueId,
        queueName: event.queueName,
        priority: event.priority,
        queuedAt: at,
        order: state.seq,
        groups: event.groups,
        groupsJoined: event.groups.filter((group) => group.at <= at).length,
        music: event.music,
        until: event.until,
      };
      enterLine(state, it);
      return;
    case "interaction.widened":
      if (it.place) it.place.groupsJoined = event.groupsJoined;
      return;
    case "interaction.requeued":
      it.phase = "queued";
      it.agentId = it.agentLegId = it.connectedAt = null;
      it.flow.deadline = null;
      if (it.place) {
        it.place.until = event.until;
        enterLine(state, it);
      }
      return;
    case "offer.made":
      leaveLine(state, it);
      it.phase = "offered";
      it.offer = {
        offerId: event.offerId,
        agentId: event.agentId,
        offeredAt: at,
        expiresAt: event.expiresAt,
      };
      return;
    case "offer.ended":
      it.offer = null;
      if (event.reason === "declined") it.declined.push({ agentId: event.agentId, at });
      return;
    case "interaction.connecting":
      it.phase = "connecting";
      it.agentId = event.agentId;
      it.agentLegId = event.legId;
      it.flow.deadline = event.deadline;
      it.legs.push(agentLeg(event, it, at));
      return;
    case "interaction.connected": {
      it.phase = "connected";
      it.agentId = event.agentId;
      it.connectedAt ??= at;
      it.flow.deadline = it.call ? at + LONGEST_CALL_MS : null;
      const leg = it.legs.find((l) => l.id === it.agentLegId);
      if (leg) Object.assign(leg, { answeredAt: at, codec: event.codec });
      return;
    }
    case "interaction.interrupted":
      it.phase = "interrupted";
      it.agentLegId = null;
      it.flow.deadline = event.deadline;
      return;
    case "leg.ended": {
      const leg = it.legs.find((l) => l.id === event.legId);
      if (leg && leg.endedAt === null) leg.endedAt = at;
      if (leg) Object.assign(leg, { cause: leg.cause ?? event.cause, media: event.media });
      if (it.call?.carrierLegId === event.legId) it.call.ended = true;
      return;
    }
    case "wrap-up.started":
      it.phase = "wrap-up";
      it.wrapUpUntil = event.until;
      it.endCause = event.cause;
      return;
    case "wrap-up.ended":
      it.phase = "ending";
      it.wrapUpUntil = null;
      it.wrapUpCode = event.code;
      return;
    case "message.status-changed":
      return;
    case "call.hang-up-requested":
      if (it.phase !== "wrap-up") it.phase = "ending";
      leaveLine(state, it);
      it.endCause ??= event.cause;
      if (it.call) it.call.hangUpBy = event.deadline;
      return;
    case "interaction.ended":
      leaveLine(state, it);
      it.phase = "ended";
      it.offer = null;
      it.endCause ??= event.cause;
      it.endedAt = at;
      state.interactions.delete(it.id);
      closeConversation(state, it);
      return;
    case "message.queued":
      it.sentMessages = [...it.sentMessages.slice(-MOST_SENT), event.messageId];
      it.lastMessageAt = at;
      it.idleUntil = event.idleUntil;
      return;
    case "message.received":
      it.lastMessageAt = at;
      it.idleUntil = event.idleUntil;
      return;
  }
}

function start(state: TenantState, event: TenantEventOf<"interaction.started">, at: number): void {
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
      flowId: event.flowId,
      version: event.flowVersion,
      activityId: null,
      step: 0,
      variables: { ...event.variables },
      deadline: call ? at + ANSWER_MS : null,
    },
    call: call && {
      popId: call.popId,
      carrierLegId: call.legId,
      answered: false,
      ended: false,
      hangUpBy: null,
    },
    place: null,
    offer: null,
    agentId: null,
    agentLegId: null,
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
    sentMessages: [],
    lastMessageAt: at,
    idleUntil: event.idleUntil,
  };
  state.interactions.set(it.id, it);
  if (it.assetId) state.conversations.set(conversationKey(it.assetId, it.contact), it.id);
}

function agentLeg(
  event: TenantEventOf<"interaction.connecting">,
  it: Interaction,
  at: number,
): Leg {
  return {
    ...blankLeg(event.legId, it.call?.popId ?? "", at),
    kind: "agent",
    direction: "egress",
    transport: "webrtc",
    agentId: event.agentId,
  };
}

function blankLeg(id: string, popId: string, at: number) {
  return {
    id,
    popId,
    codec: null,
    agentId: null,
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    cause: null,
    media: null,
  };
}

/** The contact may have opened the next conversation while this one was wrapped up. */
function closeConversation(state: TenantState, it: Interaction): void {
  if (!it.assetId) return;
  const key = conversationKey(it.assetId, it.contact);
  if (state.conversations.get(key) === it.id) state.conversations.delete(key);
}
