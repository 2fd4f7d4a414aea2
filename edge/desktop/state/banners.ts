import type { Intent } from "../shell/intent.ts";
import type { DesktopState } from "./desktop_state.ts";

/** Something that keeps the agent from working as usual, with what to do about it. */
export interface Banner {
  id: "connection" | "cluster" | "softphone" | "sound" | "rona";
  tone: "error" | "warning" | "info";
  title: string;
  text: string;
  action: { label: string; intent: Intent } | null;
}

const RETRY_SOFTPHONE: Intent = { type: "retry-softphone" };

/** The banners to show, gravest first. */
export function banners(state: DesktopState): Banner[] {
  return [connection(state), softphone(state), sound(state), rona(state), cluster(state)]
    .filter((banner) => banner !== null);
}

function connection({ session, known }: DesktopState): Banner | null {
  const id = "connection";
  const action = { label: "Try now", intent: { type: "retry-session" } as const };
  switch (session.status) {
    case "reconnecting":
      return known
        ? {
          id,
          tone: "warning",
          title: "Reconnecting",
          text: "What you do now is sent as soon as the connection is back. Calls go on.",
          action: null,
        }
        : null;
    case "offline":
      return {
        id,
        tone: "error",
        title: "You are offline",
        text: "Check your network. No offers reach you until the connection is back.",
        action,
      };
    case "replaced":
      return {
        id,
        tone: "warning",
        title: "You are signed in somewhere else",
        text: "Another window took over. This one shows how things stood then.",
        action: { ...action, label: "Use this window" },
      };
    default:
      return null;
  }
}

function cluster(state: DesktopState): Banner | null {
  if (state.clusterReachable || state.session.status !== "connected") return null;
  return {
    id: "cluster",
    tone: "warning",
    title: "The contact centre does not answer just now",
    text: "Calls in progress go on. New offers come again as soon as it is back.",
    action: null,
  };
}

function softphone({ softphone }: DesktopState): Banner | null {
  const id = "softphone";
  const action = { label: "Try again", intent: RETRY_SOFTPHONE };
  switch (softphone.status) {
    case "refused":
      return {
        id,
        tone: "error",
        title: "The browser does not allow the microphone",
        text: "Calls cannot reach you. Allow the microphone for this site, beside the address.",
        action,
      };
    case "no-microphone":
      return {
        id,
        tone: "error",
        title: "No microphone can be used",
        text: "Calls cannot reach you. Plug in a headset, or close the program that uses it.",
        action,
      };
    case "unsupported":
      return {
        id,
        tone: "error",
        title: "This browser cannot take calls",
        text: "Open the desktop over https in a current browser. Messages work here.",
        action: null,
      };
    case "lost":
      return {
        id,
        tone: "error",
        title: "Audio is lost",
        text: "The softphone connects again by itself. Calls cannot reach you until then.",
        action: { ...action, label: "Try now" },
      };
    case "replaced":
      return {
        id,
        tone: "warning",
        title: "Your softphone runs in another window",
        text: "Calls are heard there.",
        action: { ...action, label: "Use this window" },
      };
    default:
      return null;
  }
}

function sound({ softphone }: DesktopState): Banner | null {
  if (!softphone.soundBlocked) return null;
  return {
    id: "sound",
    tone: "error",
    title: "The browser holds back sound",
    text: "It wants a click before it plays your calls.",
    action: { label: "Turn on sound", intent: { type: "unblock-sound" } },
  };
}

function rona({ agent }: DesktopState): Banner | null {
  if (agent?.state !== "rona") return null;
  return {
    id: "rona",
    tone: "warning",
    title: "You missed an offer",
    text: "It went to someone else, and no more are sent to you until you go available.",
    action: { label: "Go available", intent: { type: "go-available" } },
  };
}
