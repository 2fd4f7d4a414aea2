import { enterLine } from "../../routing/waiting_line.ts";
import type { TenantState } from "../tenant_state.ts";

/** Makes the derived fields of a state from its facts, in place. O(n log n) in interactions. */
export function rebuildIndices(state: TenantState): void {
  for (const it of state.interactions.values()) if (it.phase === "queued") enterLine(state, it);
}
