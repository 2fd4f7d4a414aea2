import type { Intent } from "../shell/intent.ts";

/** Lets a component say what the agent wants; the desktop element hears it as `intent`. */
export function say(element: EventTarget, intent: Intent): void {
  element.dispatchEvent(
    new CustomEvent<Intent>("intent", { detail: intent, bubbles: true, composed: true }),
  );
}
