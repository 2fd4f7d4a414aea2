import type { DesktopState } from "../state/desktop_state.ts";
import { inboxItems } from "../state/inbox_items.ts";
import type { Intent } from "./intent.ts";

/** The part of a keyboard event that counts. */
export interface KeyPress {
  code: string;
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Whether the press would write something: on a Mac, Alt makes letters of their own. */
function writes(press: KeyPress): boolean {
  return press.code.startsWith("Arrow") ||
    press.key.toLowerCase() !== press.code.slice(-1).toLowerCase();
}

/**
 * What a key press means: Alt+A accept, Alt+R decline, Alt+M mute, Alt+H hang up or end, Alt+↑ and
 * Alt+↓ the interaction before and after. Keys are told by their place (`code`), since Alt makes
 * other letters on some keyboards; while `typing`, those letters are left alone. Null when it means
 * nothing now.
 */
export function shortcut(state: DesktopState, press: KeyPress, typing: boolean): Intent | null {
  if (!press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return null;
  if (typing && writes(press)) return null;
  const offer = state.offers[0];
  switch (press.code) {
    case "KeyA":
      return offer ? { type: "accept", offerId: offer.offerId } : null;
    case "KeyR":
      return offer?.declinable ? { type: "decline", offerId: offer.offerId } : null;
    case "KeyM":
      return state.softphone.status === "in-call" ? { type: "toggle-mute" } : null;
    case "KeyH": {
      const shown = state.assignments.find((one) => one.interactionId === state.selected);
      return shown && shown.state !== "wrap-up"
        ? { type: "end", interactionId: shown.interactionId }
        : null;
    }
    case "ArrowUp":
      return step(state, -1);
    case "ArrowDown":
      return step(state, 1);
    default:
      return null;
  }
}

function step(state: DesktopState, by: number): Intent | null {
  const items = inboxItems(state);
  if (items.length === 0) return null;
  const at = items.findIndex((one) => one.interactionId === state.selected);
  const next = items[(Math.max(at, by < 0 ? 0 : -1) + by + items.length) % items.length];
  return next ? { type: "select", interactionId: next.interactionId } : null;
}
