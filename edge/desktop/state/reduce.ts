import type { AgentEvent } from "../../../protocol/agent_session/agent_event.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import {
  type Connection,
  type DesktopState,
  initialState,
  type Person,
  type SoftphoneState,
} from "./desktop_state.ts";

/** Everything that can change what the desktop shows. */
export type Action =
  | { type: "signing-in" }
  | { type: "signed-in"; person: Person }
  | { type: "signed-out"; notice: string | null }
  | { type: "connection"; connection: Connection }
  | { type: "cluster"; reachable: boolean }
  | { type: "softphone"; state: SoftphoneState }
  | { type: "muted"; muted: boolean }
  | { type: "event"; event: AgentEvent }
  | { type: "select"; interactionId: string }
  | { type: "notice"; text: string | null }
  /** A reply on its way, shown before the cell has told of it. */
  | { type: "sending"; message: Message }
  | { type: "not-sent"; messageId: string; why: string };

/** The next state. Pure. */
export function reduce(state: DesktopState, action: Action): DesktopState {
  switch (action.type) {
    case "signing-in":
      return { ...state, busy: true, notice: null };
    case "signed-in":
      return { ...initialState(), phase: "signed-in", person: action.person };
    case "signed-out":
      return { ...initialState(), phase: "signed-out", notice: action.notice };
    case "connection":
      return { ...state, connection: action.connection };
    case "cluster":
      return { ...state, clusterReachable: action.reachable };
    case "softphone":
      return {
        ...state,
        softphone: action.state,
        muted: action.state === "in-call" && state.muted,
      };
    case "muted":
      return { ...state, muted: action.muted };
    case "select":
      return { ...state, selected: action.interactionId };
    case "notice":
      return { ...state, notice: action.text };
    case "sending":
      return withMessage(state, action.message);
    case "not-sent": {
      const message = state.messages.find((m) => m.id === action.messageId);
      return message
        ? withMessage(state, { ...message, status: "failed", failure: action.why })
        : state;
    }
    case "event":
      return reduceEvent(state, action.event);
  }
}

function reduceEvent(state: DesktopState, event: AgentEvent): DesktopState {
  switch (event.type) {
    case "snapshot": {
      const { agent, offers, assignments, messages, idleCodes, wrapUpCodes } = event.snapshot;
      return reselect({
        ...state,
        agent,
        offers,
        assignments,
        messages,
        idleCodes,
        wrapUpCodes,
        clusterReachable: true,
      });
    }
    case "agent.changed":
      return { ...state, agent: event.agent };
    case "offer.made":
      return {
        ...state,
        offers: [...state.offers.filter((o) => o.offerId !== event.offer.offerId), event.offer],
      };
    case "offer.ended":
      return {
        ...state,
        offers: state.offers.filter((offer) => offer.offerId !== event.offerId),
      };
    case "assignment.changed": {
      const { assignment } = event;
      const known = state.assignments.some((a) => a.interactionId === assignment.interactionId);
      const assignments = known
        ? state.assignments.map((a) =>
          a.interactionId === assignment.interactionId ? assignment : a
        )
        : [...state.assignments, assignment];
      // What the agent has just accepted comes to the middle.
      const selected = known ? state.selected : assignment.interactionId;
      return reselect({ ...state, assignments, selected });
    }
    case "assignment.removed":
      return reselect({
        ...state,
        assignments: state.assignments.filter((a) => a.interactionId !== event.interactionId),
        messages: state.messages.filter((m) => m.interactionId !== event.interactionId),
      });
    case "message.changed":
      return withMessage(state, event.message);
  }
}

/** Keeps something in the middle as long as there is anything. */
function reselect(state: DesktopState): DesktopState {
  if (state.assignments.some((a) => a.interactionId === state.selected)) return state;
  return { ...state, selected: state.assignments[0]?.interactionId ?? null };
}

function withMessage(state: DesktopState, message: Message): DesktopState {
  const others = state.messages.filter((m) => m.id !== message.id);
  const messages = [...others, message].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return { ...state, messages };
}
