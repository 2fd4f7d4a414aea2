import type { LoggedEvent } from "../log/logged_event.ts";
import { evolve } from "./evolve.ts";
import type { TenantState } from "./tenant_state.ts";

/**
 * Applies a log to a state, in place, and returns it. Events of one record have its number.
 * O(events).
 */
export async function replay(
  state: TenantState,
  log: AsyncIterable<LoggedEvent>,
): Promise<TenantState> {
  for await (const { seq, at, event } of log) {
    if (seq !== undefined) state.seq = seq - 1;
    evolve(state, event, at);
  }
  return state;
}
