import type { TenantState } from "../../../regions/tenants/tenant_state.ts";

/** A tenant's facts as one text, the same whatever order maps were filled in. */
export function stateText(state: TenantState): string {
  return JSON.stringify(state, (key, value) => {
    if (key === "routing") return undefined;
    if (value instanceof Map) return [...value].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
    if (value instanceof Set) return [...value].sort();
    return value;
  });
}
