import type { Leg } from "../../protocol/interaction/interaction_record.ts";
import type { TenantEvent, TenantEventOf } from "../tenants/tenant_event.ts";
import { conversationKey, type TenantState } from "../tenants/tenant_state.ts";
import { evolveCallback } from "../callbacks/evolve_callback.ts";
import { breakInto } from "../flows/break_into.ts";
import { evolveFlow } from "../flows/evolve_flow.ts";
import { evolveRecordings } from "../recordings/evolve_recordings.ts";
import { blankLeg } from "./blank_leg.ts";
import { depart, evolvePlace } from "./evolve_place.ts";
import { type Interaction, kindOf } from "./interaction.ts";
import { startInteraction } from "./start_interaction.ts";

/** Message ids remembered for repeats of their commands. */
const MOST_SENT = 49;
/** Ended calls whose repeats are known; a PoP tells again only what is minutes old. */
const MOST_ENDED = 1000;
/** No call lasts longer: PoPs end one after four hours, and this much later it is given up here. */
const LONGEST_CALL_MS = 4 * 3_600_000 + 5 * 60_000;

/** Applies what an event means for interactions, their queue places and their legs. */
export function evolveInteraction(state: TenantState, event: TenantEvent, at: number): void {
  if (event.type === "interaction.started") return startInteraction(state, event, at);
  if (!("interactionId" in event)) return;
  const it = state.interactions.get(event.interactionId);
  if (!it) return;
  evolvePlace(state, it, event, at);
  evolveCallback(state, it, event, at);
  evolveFlow(it, event, at);
  evolveRecordings(it, event, at);
  apply(state, it, event, at);
}

function apply(state: TenantState, it: Interaction, event: TenantEvent, at: number): void {
  switch (event.type) {
    case "call.answered": {
      if (it.call) it.call.answered = true;
      const leg = it.legs.find(({ id }) => id === it.call?.carrierLegId);
      if (leg) Object.assign(leg, { answeredAt: at, codec: event.codec });
      return;
    }
    case "interaction.connecting":
      it.phase = "connecting";
      it.agentId = event.agentId;
      it.agentLegId = event.legId;
      it.flow.deadline = event.deadline;
      it.legs.push({ ...agentLeg(event.legId, it, at), agentId: event.agentId });
      return;
    case "interaction.connected":
      if (it.connectedAt === null) depart(state, it, at);
      return connected(it, event, at);
    case "interaction.interrupted":
      it.phase = "interrupted";
      it.agentLegId = null;
      it.flow.deadline = event.deadline;
      return;
    case "interaction.passed-outside":
      state.routing.leave(it);
      it.phase = "outside";
      it.teamId = event.teamId;
      it.agentLegId = event.legId;
      breakInto(it.flow);
      it.flow.deadline = event.deadline;
      it.legs.push({ ...agentLeg(event.legId, it, at), kind: "outside", transport: "sip-udp" });
      return;
    case "interaction.connected-outside":
      depart(state, it, at);
      it.connectedAt = at;
      it.firstResponseAt ??= at;
      it.flow.deadline = at + LONGEST_CALL_MS;
      return answered(it, event.codec, at);
    case "interaction.unassigned":
      it.phase = "dormant";
      it.agentId = it.connectedAt = null;
      it.timers = { responseDue: null, overdue: false, contactIdleAt: null, extensions: 0 };
      return;
    case "leg.ended": {
      const leg = it.legs.find((l) => l.id === event.legId);
      if (leg && leg.endedAt === null) leg.endedAt = at;
      if (leg) Object.assign(leg, { cause: leg.cause ?? event.cause, media: event.media });
      if (it.phase === "flow" && it.agentLegId === event.legId) it.agentLegId = null;
      if (it.call?.carrierLegId !== event.legId) return;
      state.outgoing.ended(it);
      it.call.ended = true;
      it.call.hangUpBy = null;
      return;
    }
    case "interaction.transferring":
      it.agentLegId = event.legId;
      it.legs.push({ ...agentLeg(event.legId, it, at), kind: "outside", transport: "sip-udp" });
      return;
    case "interaction.transfer-given-up":
      it.agentLegId = null;
      return;
    case "interaction.transferred":
      it.phase = "outside";
      it.connectedAt = at;
      it.flow.activityId = null;
      it.flow.deadline = at + LONGEST_CALL_MS;
      return answered(it, event.codec, at);
    case "interaction.caller-id-set":
      it.callerId = event.callerId;
      return;
    case "call.release-requested":
      if (it.call) it.call.hangUpBy = event.deadline;
      return;
    case "wrap-up.started":
      it.phase = "wrap-up";
      it.wrapUpUntil = event.until;
      it.endCause = event.cause;
      it.timers.responseDue = it.timers.contactIdleAt = null;
      return;
    case "wrap-up.ended":
      it.phase = "ending";
      it.wrapUpUntil = null;
      it.wrapUpCode = event.code;
      return;
    case "call.hang-up-requested":
      state.routing.leave(it);
      if (it.phase !== "wrap-up") it.phase = "ending";
      it.endCause ??= event.cause;
      if (it.call) it.call.hangUpBy = event.deadline;
      return;
    case "interaction.ended":
      state.routing.leave(it);
      state.outgoing.forget(it);
      it.phase = "ended";
      it.offer = null;
      it.endCause ??= event.cause;
      it.endedAt = at;
      state.interactions.delete(it.id);
      if (it.call) state.endedCalls.push(it.id);
      if (state.endedCalls.length > MOST_ENDED) state.endedCalls.shift();
      closeConversation(state, it);
      return;
    case "transcript.kept":
      it.lastMessageAt = at;
      it.sentMessages = [...it.sentMessages.slice(-MOST_SENT), event.messageId];
      return;
    case "message.queued":
      it.lastMessageAt = at;
      it.idleUntil = event.idleUntil;
      it.sentMessages = [...it.sentMessages.slice(-MOST_SENT), event.messageId];
      if (event.author !== "agent") return;
      it.firstResponseAt ??= at;
      it.timers = {
        responseDue: null,
        overdue: false,
        contactIdleAt: event.contactIdleAt,
        extensions: 0,
      };
      return;
    case "message.received":
      it.lastMessageAt = at;
      it.idleUntil = event.idleUntil;
      it.timers.contactIdleAt = null;
      it.timers.responseDue ??= event.responseDue;
      return;
    case "response.overdue":
      it.timers.overdue = true;
      return;
    case "contact-idle.extended":
      it.timers.contactIdleAt = event.contactIdleAt;
      it.timers.extensions += 1;
      return;
  }
}

function connected(
  it: Interaction,
  event: TenantEventOf<"interaction.connected">,
  at: number,
): void {
  it.phase = "connected";
  it.agentId = event.agentId;
  it.connectedAt ??= at;
  it.flow.deadline = kindOf(it.channel) === "voice" ? at + LONGEST_CALL_MS : null;
  if (it.call) it.firstResponseAt ??= at;
  // Who was to be called is there: a call like any other.
  if (it.call && it.call.number !== null && !it.call.ended) it.virtual = null;
  it.timers.responseDue = event.responseDue;
  it.timers.overdue = false;
  answered(it, event.codec, at);
}

function answered(it: Interaction, codec: string | null, at: number): void {
  const leg = it.legs.find((l) => l.id === it.agentLegId);
  if (leg) Object.assign(leg, { answeredAt: at, codec });
}

function agentLeg(id: string, it: Interaction, at: number): Leg {
  return {
    ...blankLeg(id, it.call?.popId ?? "", at),
    kind: "agent",
    direction: "egress",
    transport: "webrtc",
  };
}

/** The contact may have opened the next conversation while this one was wrapped up. */
function closeConversation(state: TenantState, it: Interaction): void {
  if (!it.assetId) return;
  const key = conversationKey(it.assetId, it.contact);
  if (state.conversations.get(key) === it.id) state.conversations.delete(key);
}
