import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type {
  AssignmentView,
  DesktopSnapshot,
} from "../../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import { channelLabel } from "../format/channel_label.ts";
import { announce } from "./announce.ts";
import { contactLabel } from "./contact_label.ts";
import type { DesktopState } from "./desktop_state.ts";
import { inboxItems } from "./inbox_items.ts";
import { observeSkew } from "./observe_skew.ts";
import { putMessage } from "./put_message.ts";

const REPLAY_MS = 1_000;

/** Applies what happened at the platform; `at` is this machine's time. */
export function reduceAgentEvent(state: DesktopState, event: AgentEvent, at: number): DesktopState {
  switch (event.type) {
    case "snapshot":
      return takeSnapshot(state, event.snapshot);
    case "agent.changed": {
      const changed = { ...state, agent: event.agent };
      return event.agent.state === "rona" && state.agent?.state !== "rona"
        ? announce(changed, "You missed an offer. Go available when you are back.", true)
        : changed;
    }
    case "offer.made": {
      const { offer } = event;
      const fresh = at - state.welcomedAt > REPLAY_MS;
      const known = state.offers.some(({ offerId }) => offerId === offer.offerId);
      const next = {
        ...state,
        skew: observeSkew(state.skew, offer.offeredAt, at, fresh),
        offers: [...state.offers.filter(({ offerId }) => offerId !== offer.offerId), offer],
      };
      if (known) return next;
      const kind = channelLabel(offer.channel);
      const text = `${kind} from ${contactLabel(offer)} for ${offer.queue.name}. ` +
        (offer.declinable ? "Alt A accepts, Alt R declines." : "Alt A accepts.");
      return announce(next, text, true);
    }
    case "offer.ended": {
      const offer = state.offers.find(({ offerId }) => offerId === event.offerId);
      const next = {
        ...state,
        offers: state.offers.filter(({ offerId }) => offerId !== event.offerId),
      };
      if (!offer || event.reason === "accepted" || event.reason === "declined") return next;
      const why = event.reason === "timed-out" ? "was not accepted in time" : "was taken back";
      return announce(next, `The offer from ${contactLabel(offer)} ${why}.`, false);
    }
    case "assignment.changed":
      return takeAssignment(state, event.assignment);
    case "assignment.removed":
      return removeAssignment(state, event.interactionId);
    case "message.changed":
      return takeMessage(state, event.message);
  }
}

function takeSnapshot(state: DesktopState, snapshot: DesktopSnapshot): DesktopState {
  const messages: Record<string, Message[]> = {};
  for (const message of snapshot.messages) {
    messages[message.interactionId] = putMessage(messages[message.interactionId] ?? [], message);
  }
  const confirmed = new Set(snapshot.messages.map(({ id }) => id));
  const held = new Set(snapshot.assignments.map(({ interactionId }) => interactionId));
  const keep = <V>(of: Record<string, V>) =>
    Object.fromEntries(Object.entries(of).filter(([id]) => held.has(id)));
  const next: DesktopState = {
    ...state,
    known: true,
    agent: snapshot.agent,
    offers: snapshot.offers,
    assignments: snapshot.assignments,
    messages,
    unsent: state.unsent.filter((m) => held.has(m.interactionId) && !confirmed.has(m.id)),
    unread: keep(state.unread),
    drafts: keep(state.drafts),
    idleCodes: snapshot.idleCodes,
    wrapUpCodes: snapshot.wrapUpCodes,
  };
  const gone = state.selected === null || !held.has(state.selected);
  return gone ? select(next, firstAssignment(next)) : next;
}

function takeAssignment(state: DesktopState, assignment: AssignmentView): DesktopState {
  const { interactionId } = assignment;
  const before = state.assignments.find((one) => one.interactionId === interactionId);
  const next: DesktopState = {
    ...state,
    offers: state.offers.filter((offer) => offer.interactionId !== interactionId),
    assignments: before
      ? state.assignments.map((one) => (one === before ? assignment : one))
      : [...state.assignments, assignment],
  };
  const shown = !before && (state.selected === null || state.awaited === interactionId)
    ? select({ ...next, awaited: null }, interactionId)
    : next;
  if (before?.state === assignment.state) return shown;
  const who = contactLabel(assignment);
  if (assignment.state === "wrap-up") {
    return announce(shown, `${who}: ended. Choose a wrap-up code.`, false);
  }
  if (assignment.state === "connected") return announce(shown, `Connected to ${who}.`, false);
  return shown;
}

function removeAssignment(state: DesktopState, interactionId: string): DesktopState {
  const next: DesktopState = {
    ...state,
    assignments: state.assignments.filter((one) => one.interactionId !== interactionId),
    messages: without(state.messages, interactionId),
    unread: without(state.unread, interactionId),
    drafts: without(state.drafts, interactionId),
    unsent: state.unsent.filter((one) => one.interactionId !== interactionId),
  };
  return state.selected === interactionId ? select(next, firstAssignment(next)) : next;
}

function takeMessage(state: DesktopState, message: Message): DesktopState {
  const { interactionId } = message;
  const before = state.messages[interactionId] ?? [];
  const isNew = !before.some(({ id }) => id === message.id);
  const next: DesktopState = {
    ...state,
    messages: { ...state.messages, [interactionId]: putMessage(before, message) },
    unsent: state.unsent.filter(({ id }) => id !== message.id),
  };
  if (!isNew || message.direction !== "inbound" || state.selected === interactionId) return next;
  const from = state.assignments.find((one) => one.interactionId === interactionId);
  const unread = { ...next.unread, [interactionId]: (next.unread[interactionId] ?? 0) + 1 };
  return announce(
    { ...next, unread },
    `New message from ${from ? contactLabel(from) : "a contact"}.`,
    false,
  );
}

function firstAssignment(state: DesktopState): string | null {
  return inboxItems(state)[0]?.interactionId ?? null;
}

function select(state: DesktopState, interactionId: string | null): DesktopState {
  if (interactionId === null) return { ...state, selected: null };
  return { ...state, selected: interactionId, unread: without(state.unread, interactionId) };
}

function without<V>(of: Record<string, V>, key: string): Record<string, V> {
  if (!(key in of)) return of;
  const { [key]: _left, ...rest } = of;
  return rest;
}
