import type { SessionFrame } from "../../../protocol/agent_session/session_frame.ts";
import type { Problem } from "../../../protocol/errors/problem.ts";
import { announce } from "./announce.ts";
import type { DesktopAction } from "./desktop_action.ts";
import type { DesktopState, Notice } from "./desktop_state.ts";
import { initialState } from "./initial_state.ts";
import { problemMessage } from "./problem_message.ts";
import { reduceAgentEvent } from "./reduce_agent_event.ts";

const MOST_NOTICES = 4;

/** The desktop's state after an action. Pure: times and ids come with the action. */
export function reduceDesktop(state: DesktopState, action: DesktopAction): DesktopState {
  switch (action.type) {
    case "sign-on-started":
      return { ...state, phase: "signing-in", signOnMessage: null };
    case "sign-on-failed":
      return { ...state, phase: "signed-out", signOnMessage: action.message };
    case "signed-on":
      return { ...initialState, phase: "signed-in", person: action.answer };
    case "signed-out":
      return { ...initialState, phase: "signed-out", signOnMessage: action.message };
    case "session":
      return takeStatus(state, action.status);
    case "frame":
      return takeFrame(state, action.frame, action.at);
    case "softphone":
      return takeSoftphone(state, action.softphone);
    case "command-started":
      return {
        ...state,
        busy: { ...state.busy, [action.key]: true },
        awaited: action.awaited ?? state.awaited,
      };
    case "command-ended": {
      const { [action.key]: _done, ...busy } = state.busy;
      const next = { ...state, busy };
      if (action.problem) return notify({ ...next, awaited: null }, action.key, action.problem);
      return { ...next, notices: next.notices.filter(({ key }) => key !== action.key) };
    }
    case "message-started": {
      const { messageId: id, interactionId, text, at } = action;
      const { [interactionId]: _sent, ...drafts } = state.drafts;
      const message = { id, interactionId, text, at, status: "sending" as const, reason: null };
      return { ...state, drafts, unsent: [...state.unsent, message] };
    }
    case "message-repeated":
      return changeUnsent(state, action.messageId, { status: "sending", reason: null });
    case "message-failed":
      return changeUnsent(state, action.messageId, {
        status: "failed",
        reason: problemMessage(action.problem),
      });
    case "message-discarded":
      return { ...state, unsent: state.unsent.filter(({ id }) => id !== action.messageId) };
    case "selected": {
      const { [action.interactionId ?? ""]: _read, ...unread } = state.unread;
      return { ...state, selected: action.interactionId, unread };
    }
    case "drafted":
      return { ...state, drafts: { ...state.drafts, [action.interactionId]: action.text } };
    case "notice-dismissed":
      return { ...state, notices: state.notices.filter(({ id }) => id !== action.id) };
  }
}

function takeFrame(state: DesktopState, frame: SessionFrame, at: number): DesktopState {
  switch (frame.type) {
    case "welcome":
      return { ...state, welcomedAt: at };
    case "event":
      return reduceAgentEvent(state, frame.event, at);
    case "cluster": {
      if (frame.reachable === state.clusterReachable) return state;
      const next = { ...state, clusterReachable: frame.reachable };
      return announce(
        next,
        frame.reachable
          ? "The contact centre answers again."
          : "The contact centre does not answer just now. Calls in progress go on.",
        false,
      );
    }
    case "result":
    case "pong":
      return state;
  }
}

function takeStatus(state: DesktopState, session: DesktopState["session"]): DesktopState {
  const before = state.session.status;
  const next = { ...state, session };
  if (before === session.status || !state.known) return next;
  if (session.status === "connected") return announce(next, "Connected again.", false);
  if (before === "connected") return announce(next, "The connection is lost. Reconnecting.", true);
  return next;
}

function takeSoftphone(state: DesktopState, softphone: DesktopState["softphone"]): DesktopState {
  const before = state.softphone;
  const next = { ...state, softphone };
  if (before.muted !== softphone.muted && softphone.status === "in-call") {
    return announce(next, softphone.muted ? "Muted." : "Microphone on.", false);
  }
  if (before.status === softphone.status) return next;
  if (softphone.status === "refused") {
    return announce(
      next,
      "The browser does not allow the microphone. Calls cannot reach you.",
      true,
    );
  }
  if (softphone.status === "lost") return announce(next, "Audio is lost. Reconnecting.", true);
  return next;
}

function changeUnsent(
  state: DesktopState,
  messageId: string,
  change: { status: "sending" | "failed"; reason: string | null },
): DesktopState {
  return {
    ...state,
    unsent: state.unsent.map((one) => (one.id === messageId ? { ...one, ...change } : one)),
  };
}

function notify(state: DesktopState, key: string, problem: Problem): DesktopState {
  const text = problemMessage(problem);
  const id = (state.notices.at(-1)?.id ?? 0) + 1;
  const notice: Notice = { id, key, text };
  const others = state.notices.filter((one) => one.key !== key && one.text !== text);
  return announce({ ...state, notices: [...others, notice].slice(-MOST_NOTICES) }, text, true);
}
