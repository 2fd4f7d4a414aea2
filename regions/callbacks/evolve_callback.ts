import { blankLeg } from "../interactions/blank_leg.ts";
import type { Interaction } from "../interactions/interaction.ts";
import type { TenantEvent, TenantEventOf } from "../tenants/tenant_event.ts";
import type { TenantState } from "../tenants/tenant_state.ts";

/** Applies what an event means for someone who is to be called. O(log n) in the queue. */
export function evolveCallback(
  state: TenantState,
  it: Interaction,
  event: TenantEvent,
  at: number,
): void {
  const { callback } = it;
  switch (event.type) {
    case "interaction.postponed":
      state.routing.leave(it);
      it.phase = "postponed";
      if (callback) Object.assign(callback, { notBefore: event.until, windowEnds: null });
      return;
    case "interaction.resumed":
      it.phase = "queued";
      if (callback) Object.assign(callback, { notBefore: null, windowEnds: event.windowEnds });
      if (it.place) state.routing.enter(it);
      return;
    case "interaction.dialled":
      return dialled(state, it, event, at);
    case "call.progressed":
      if (it.call) it.call.stage = event.stage;
      return;
    case "interaction.agent-listening": {
      const leg = it.legs.find(({ id }) => id === event.legId);
      if (leg) Object.assign(leg, { answeredAt: at, codec: event.codec });
      return;
    }
    case "interaction.attempt-failed":
      if (!event.withdrawn) closeLeg(it, event.cause, at);
      it.phase = "postponed";
      it.agentId = it.agentLegId = null;
      it.flow.deadline = null;
      if (it.call && event.withdrawn) it.call.hangUpBy = it.place?.until ?? null;
      if (!callback) return;
      Object.assign(callback, {
        lastCause: event.cause,
        notBefore: event.until,
        windowEnds: null,
        reservedAgentId: null,
      });
      return;
    case "interaction.reached":
      it.phase = "queued";
      it.virtual = it.agentId = it.agentLegId = null;
      it.flow.deadline = null;
      if (callback) Object.assign(callback, { windowEnds: null, reservedAgentId: null });
      if (!it.place) return;
      it.place.until = event.until;
      return state.routing.enter(it);
  }
}

/** A call that failed at once may never have had the leg that its agent was to be joined by. */
function closeLeg(it: Interaction, cause: string, at: number): void {
  const leg = it.legs.find(({ id }) => id === it.agentLegId);
  if (leg && leg.endedAt === null) Object.assign(leg, { endedAt: at, cause });
}

function dialled(
  state: TenantState,
  it: Interaction,
  event: TenantEventOf<"interaction.dialled">,
  at: number,
): void {
  const { callId, legId, popId, number, agentId, agentLegId } = event;
  state.routing.leave(it);
  state.outgoing.forget(it);
  it.phase = "dialling";
  it.call = {
    ...{ callId, popId, number, carrierLegId: legId, startedAt: at, stage: null },
    ...{ answered: false, ended: false, hangUpBy: null },
  };
  it.flow.deadline = event.deadline;
  it.legs.push({
    ...blankLeg(legId, popId, at),
    ...{ kind: "carrier", direction: "egress", transport: "sip-udp" },
  });
  if (agentLegId !== null) {
    it.agentId = agentId;
    it.agentLegId = agentLegId;
    it.legs.push({
      ...blankLeg(agentLegId, popId, at),
      ...{ kind: "agent", direction: "egress", transport: "webrtc", agentId },
    });
  }
  state.outgoing.add(it);
  const { callback } = it;
  if (!callback) return;
  callback.attempts += 1;
  callback.notBefore = callback.windowEnds = null;
  callback.reservedAgentId = agentLegId === null ? agentId : null;
}
