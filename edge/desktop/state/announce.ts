import type { DesktopState } from "./desktop_state.ts";

/** Has screen readers told `text`; an urgent one interrupts. */
export function announce(state: DesktopState, text: string, urgent: boolean): DesktopState {
  return { ...state, announcement: { id: state.announcement.id + 1, text, urgent } };
}
