import type { TenantState } from "../tenant_state.ts";

/**
 * How a field of the state is kept: a `map` and a `plain` value (JSON) are facts, `derived` is made
 * anew from the facts by `rebuildIndices`, and `seq` is the snapshot's own number.
 */
type FieldKind = "seq" | "map" | "plain" | "derived";

/** Every field of {@linkcode TenantState}: a new one is listed here and nowhere else. */
export const STATE_FIELDS: Readonly<Record<keyof TenantState, FieldKind>> = {
  seq: "seq",
  agents: "map",
  interactions: "map",
  conversations: "map",
  paces: "map",
  outsideCalls: "map",
  endedCalls: "plain",
  outgoing: "derived",
  routing: "derived",
};
