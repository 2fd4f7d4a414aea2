import type { DesktopAction } from "./desktop_action.ts";
import type { DesktopState } from "./desktop_state.ts";
import { initialState } from "./initial_state.ts";
import { reduceDesktop } from "./reduce_desktop.ts";

/** Holds the state and tells listeners when it changed. */
export class Store {
  #state: DesktopState = initialState;
  #listeners = new Set<(state: DesktopState, before: DesktopState) => void>();

  get state(): DesktopState {
    return this.#state;
  }

  /** Applies an action. */
  dispatch(action: DesktopAction): void {
    const before = this.#state;
    this.#state = reduceDesktop(before, action);
    if (this.#state === before) return;
    for (const listener of this.#listeners) listener(this.#state, before);
  }

  /** Calls `listener` after each change; the answer ends that. */
  subscribe(listener: (state: DesktopState, before: DesktopState) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
