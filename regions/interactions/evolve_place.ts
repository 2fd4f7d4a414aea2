import { newCallback } from "../callbacks/callback_state.ts";
import { departed, newQueuePace } from "../queues/queue_pace.ts";
import type { TenantEvent, TenantEventOf } from "../tenants/tenant_event.ts";
import type { TenantState } from "../tenants/tenant_state.ts";
import { breakInto } from "../flows/break_into.ts";
import type { Interaction } from "./interaction.ts";

/** Applies what an event means for a contact's place in its queue. O(log n) in the queue. */
export function evolvePlace(
  state: TenantState,
  it: Interaction,
  event: TenantEvent,
  at: number,
): void {
  const { routing } = state;
  switch (event.type) {
    case "interaction.queued":
      return queued(state, it, event, at);
    case "interaction.moved":
      return change(state, it, (place) => {
        const { type: _, interactionId: __, ...terms } = event;
        if (event.queueId !== place.queueId) place.searchedSince = at;
        Object.assign(place, terms);
        place.groupsJoined = event.groups.filter((group) => group.at <= at).length;
      });
    case "interaction.widened":
      return change(state, it, (place) => place.groupsJoined = event.groupsJoined);
    case "interaction.prioritised":
      return change(state, it, (place) => place.priority = event.priority);
    case "interaction.relaxed":
      return change(state, it, (place) => {
        place.requirements = event.requirements;
        place.relaxation = place.relaxation.slice(place.relaxation.length - event.left);
      });
    case "interaction.requeued":
      it.phase = "queued";
      it.agentId =
        it.agentLegId =
        it.teamId =
        it.connectedAt =
          null;
      it.flow.deadline = null;
      it.timers.contactIdleAt = null;
      it.timers.extensions = 0;
      if (!it.place) return;
      it.place.until = event.until;
      if (event.failedTeamId) it.place.triedTeamIds.push(event.failedTeamId);
      return routing.enter(it);
    case "interaction.made-virtual":
      return change(state, it, (place) => {
        it.virtual = { kind: "callback", number: event.number };
        it.callback = newCallback(at);
        place.until = event.until;
        if (!event.hangsUp) return;
        it.flow.deadline = null;
        it.flow.activityId = null;
        if (it.call) it.call.hangUpBy = event.deadline;
      });
    case "interaction.left-queue":
      routing.leave(it);
      it.phase = "flow";
      it.place = null;
      it.flow.deadline = null;
      return;
    case "offer.made":
      routing.leave(it);
      it.phase = "offered";
      it.offer = {
        offerId: event.offerId,
        agentId: event.agentId,
        offeredAt: at,
        expiresAt: event.expiresAt,
        declinable: event.declinable,
      };
      breakInto(it.flow);
      it.flow.deadline = null;
      // Somebody was free at once: there was nothing to wait for.
      if (it.place && it.place.queuedAt === at) it.place.estimatedWait = 0;
      return;
    case "offer.ended":
      it.offer = null;
      if (event.reason === "declined") {
        it.declined = it.declined.filter(({ agentId }) => agentId !== event.agentId);
        it.declined.push({ agentId: event.agentId, at });
      }
      return;
  }
}

function queued(
  state: TenantState,
  it: Interaction,
  event: TenantEventOf<"interaction.queued">,
  at: number,
): void {
  state.routing.leave(it);
  it.idleUntil = event.idleUntil ?? it.idleUntil;
  const before = event.keepsPlace ? it.place : null;
  it.phase = "queued";
  it.flow.deadline = null;
  it.flow.interrupted = false;
  it.place = {
    queueId: event.queueId,
    queueName: event.queueName,
    namedQueueId: event.namedQueueId ?? event.queueId,
    relativePriority: event.relativePriority,
    priority: event.priority,
    queuedAt: before?.queuedAt ?? at,
    searchedSince: before?.searchedSince ?? at,
    order: before?.order ?? state.seq,
    groups: event.groups,
    groupsJoined: event.groups.filter((group) => group.at <= at).length,
    selection: event.selection,
    requirements: event.requirements,
    relaxation: event.relaxation,
    agentId: event.agentId,
    onUnavailable: event.onUnavailable,
    queuedBy: {
      flowId: it.flow.flowId,
      version: it.flow.version,
      depth: it.flow.frames.length,
    },
    triedTeamIds: before?.triedTeamIds ?? [],
    estimatedWait: before ? before.estimatedWait : event.estimatedWait,
    music: event.music,
    until: event.until,
  };
  state.routing.enter(it);
}

/** Changes a place; a contact that waits by it changes lines. */
function change(
  state: TenantState,
  it: Interaction,
  how: (place: NonNullable<Interaction["place"]>) => void,
): void {
  if (!it.place) return;
  const waits = state.routing.holds(it);
  state.routing.leave(it);
  how(it.place);
  if (waits) state.routing.enter(it);
}

/** A contact has reached whoever serves its queue: what that tells about its pace. */
export function depart(state: TenantState, it: Interaction, at: number): void {
  if (!it.place) return;
  const { queueId, queuedAt, estimatedWait } = it.place;
  // An estimate is judged once, also when the contact comes back to its place later.
  it.place.estimatedWait = null;
  let pace = state.paces.get(queueId);
  if (!pace) state.paces.set(queueId, pace = newQueuePace());
  departed(pace, at, state.routing.waitingIn(queueId).size > 0, {
    actual: at - queuedAt,
    estimated: estimatedWait,
  });
}
