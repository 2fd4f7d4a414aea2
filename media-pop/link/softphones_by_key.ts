import type { Softphone } from "../../protocol/pop_link/pop_frame.ts";

/** Softphones by tenant and agent. */
export function softphonesByKey(softphones: readonly Softphone[]): Map<string, Softphone> {
  return new Map(softphones.map((s) => [`${s.tenantId}/${s.agentId}`, s]));
}
