import { STATE_FIELDS } from "../../../regions/tenants/snapshot/state_fields.ts";
import type { TenantState } from "../../../regions/tenants/tenant_state.ts";

/** A tenant's facts as one text, the same whatever order maps were filled in. */
export function stateText(state: TenantState): string {
  const facts = Object.entries(state)
    .filter(([name]) => STATE_FIELDS[name as keyof TenantState] !== "derived");
  return JSON.stringify(facts, (_key, value) => {
    if (value instanceof Map) return [...value].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    if (value instanceof Set) return [...value].sort();
    return value;
  });
}
