import type { TenantView } from "../checks/decision_observer.ts";
import { OUTCOME_UNKNOWN } from "../../../regions/messages/status_moves.ts";
import type { TenantEvent } from "../../../regions/tenants/tenant_event.ts";
import type { Surroundings } from "../world/surroundings.ts";

/** Whether a committed event is about to happen in an interesting state. */
type Reached = (view: TenantView, event: TenantEvent, world: Surroundings) => boolean;

const interactionOf = ({ state }: TenantView, event: TenantEvent) =>
  "interactionId" in event ? state.interactions.get(event.interactionId) : undefined;

/** Interesting states that the log shows, by name. */
export const REACHED_BY_EVENTS: Readonly<Record<string, Reached>> = {
  "RONA": (_view, event) => event.type === "offer.ended" && event.reason === "timed-out",
  "RONA decided by the next holder": (view, event, world) =>
    event.type === "offer.ended" && event.reason === "timed-out" &&
    world.startedAt > (interactionOf(view, event)?.offer?.offeredAt ?? Infinity),
  "offer withdrawn as the caller hangs up": (view, event) =>
    event.type === "leg.ended" && interactionOf(view, event)?.phase === "offered" &&
    interactionOf(view, event)?.call?.carrierLegId === event.legId,
  "a caller hangs up while the agent is joined": (view, event) =>
    event.type === "leg.ended" && interactionOf(view, event)?.phase === "connecting" &&
    interactionOf(view, event)?.call?.carrierLegId === event.legId,
  "declined, then offered to another agent": (view, event) =>
    event.type === "offer.made" &&
    (interactionOf(view, event)?.declined.some((d) => d.agentId !== event.agentId) ?? false),
  "declined, then offered to the same agent later": (view, event) =>
    event.type === "offer.made" &&
    (interactionOf(view, event)?.declined.some((d) => d.agentId === event.agentId) ?? false),
  "a requirement relaxed for one who waits": (view, event) =>
    event.type === "interaction.relaxed" && interactionOf(view, event)?.phase === "queued",
  "a group joined while an offer stood": (view, event) =>
    event.type === "interaction.requeued" &&
    joinedMeanwhile(interactionOf(view, event)?.place ?? null, view.at),
  "an offer breaks into a treatment": (view, event) =>
    event.type === "offer.made" && (interactionOf(view, event)?.flow.deadline ?? null) !== null,
  "a treatment goes on after a failed offer": (view, event) =>
    event.type === "flow.entered" && interactionOf(view, event)?.phase === "queued" &&
    (interactionOf(view, event)?.flow.interrupted ?? false),
  "a handler runs beside an agent's call": (view, event) =>
    event.type === "flow.entered" && event.thread !== 0 &&
    interactionOf(view, event)?.phase === "connected",
  "a flow returns to the one that called it": (_view, event) => event.type === "flow.returned",
  "a fault goes along an error path": (_view, event) => event.type === "flow.failed",
  "an answer in writing": (view, event) =>
    event.type === "flow.variable-set" && event.variable === "subject" &&
    interactionOf(view, event)?.phase === "flow",
  "queued again in the same queue": (_view, event) =>
    event.type === "interaction.queued" && event.keepsPlace,
  "a number takes what is left": (_view, event) => event.type === "interaction.passed-outside",
  "a number does not answer": (_view, event) =>
    event.type === "interaction.requeued" && event.failedTeamId !== null,
  "a number answers": (_view, event) => event.type === "interaction.connected-outside",
  "a contact waits for one agent": (_view, event) =>
    event.type === "interaction.queued" && event.agentId !== null,
  "the agent waited for is gone": (_view, event) => event.type === "interaction.left-queue",
  "a caller keeps the place and hangs up": (_view, event) =>
    event.type === "interaction.made-virtual",
  "a virtual contact is offered": (view, event) =>
    event.type === "offer.made" && (interactionOf(view, event)?.virtual ?? null) !== null,
  "a contact is called for an agent who has accepted": (_view, event) =>
    event.type === "interaction.dialled" && event.agentLegId !== null,
  "a contact is called while an agent is kept free": (_view, event) =>
    event.type === "interaction.dialled" && event.agentLegId === null,
  "a contact is called again": (view, event) =>
    event.type === "interaction.dialled" &&
    (interactionOf(view, event)?.callback?.attempts ?? 0) > 0,
  "a contact who was called talks to an agent": (view, event) =>
    event.type === "interaction.connected" && (interactionOf(view, event)?.call?.number ?? null) !==
      null,
  "a contact who answered waits": (_view, event) => event.type === "interaction.reached",
  "a contact answered and their agent is lost": (_view, event) =>
    event.type === "interaction.reached" && event.agentId !== null,
  "a contact is given up": (_view, event) =>
    event.type === "interaction.ended" && event.cause === "callback-failed",
  "a contact waits for the hours in which it may be called": (_view, event) =>
    event.type === "interaction.postponed" && event.reason === "window",
  "a contact whose number is on the line waits": (_view, event) =>
    event.type === "interaction.postponed" && event.reason === "number-busy",
  "a call of ours is withdrawn": (_view, event) =>
    event.type === "interaction.attempt-failed" && event.withdrawn,
  "the next holder hears of a call of ours": (view, event, world) =>
    event.type === "call.answered" && interactionOf(view, event)?.phase === "dialling" &&
    world.startedAt > (interactionOf(view, event)?.call?.startedAt ?? Infinity),
  "a silent contact is taken off the agent": (_view, event) =>
    event.type === "interaction.unassigned",
  "one who fell silent writes again": (view, event) =>
    event.type === "interaction.queued" && interactionOf(view, event)?.phase === "dormant",
  "a reply is overdue": (_view, event) => event.type === "response.overdue",
  "overflow into another queue": (view, event) =>
    event.type === "interaction.moved" &&
    interactionOf(view, event)?.place?.queueId !== event.queueId,
  "another configuration for one who waits": (view, event) =>
    event.type === "interaction.moved" &&
    interactionOf(view, event)?.place?.queueId === event.queueId,
  "another configuration for an agent with an offer": (view, event) =>
    event.type === "agent.configured" &&
    (view.state.agents.get(event.agentId)?.offeredInteractionId ?? null) !== null,
  "another priority": (_view, event) => event.type === "interaction.prioritised",
  "the softphone returns to its call": (view, event) =>
    event.type === "interaction.connecting" && interactionOf(view, event)?.phase === "interrupted",
  "the softphone does not return": (view, event) =>
    event.type === "interaction.requeued" && interactionOf(view, event)?.phase === "interrupted",
  "a desktop is gone and its conversation is queued": (view, event) =>
    event.type === "interaction.requeued" && event.reason === "agent-gone" &&
    interactionOf(view, event)?.phase === "connected",
  "a wrap-up ends by itself": (_view, event) =>
    event.type === "wrap-up.ended" && event.code === null,
  "a call outlives its cluster": (view, event, world) =>
    event.type === "wrap-up.started" &&
    world.startedAt > (interactionOf(view, event)?.connectedAt ?? Infinity),
  "a caller is released": (view, event) =>
    event.type === "call.hang-up-requested" && event.cause === "deadline" &&
    interactionOf(view, event)?.phase === "queued",
  "two conversations at once": (view, event) =>
    event.type === "interaction.connected" &&
    (view.state.agents.get(event.agentId)?.assigned.length ?? 0) > 0,
  "a message is tried again after it was not taken": (_view, event) =>
    event.type === "message.not-sent",
  "nobody knows whether a message went out": (_view, event) =>
    event.type === "message.status-changed" && event.failure === OUTCOME_UNKNOWN,
  "a message of a dead holder is known by its status": (view, event, world) => {
    if (event.type !== "message.status-changed" || event.status === "failed") return false;
    const message = world.log.tenants.get(view.tenantId)?.messages.get(event.messageId);
    return message?.status === "pending" && world.startedAt > (message.sendingAt ?? Infinity);
  },
  "a call while the queue is closed": (_view, event) =>
    event.type === "flow.ended" && event.reason === "queue-closed",
};

function joinedMeanwhile(
  place: { groups: { at: number }[]; groupsJoined: number } | null,
  at: number,
): boolean {
  const next = place?.groups[place.groupsJoined];
  return next !== undefined && next.at <= at;
}
