import type { Trunk } from "../../protocol/topology/pop_configuration.ts";
import type { Directory } from "../configuration/directory.ts";

/**
 * The trunks that a tenant's calls may go out by, in the order to try: its own at this PoP, or those
 * of its partner's carriers if it has none with a destination. A suspended tenant has none.
 * O(trunks).
 */
export function outgoingTrunks(directory: Directory, tenantId: string): Trunk[] {
  const tenant = directory.tenant(tenantId);
  if (tenant?.status !== "active") return [];
  const { pop, trunks } = directory.configuration;
  const here = trunks.filter(({ popId, destinations }) =>
    popId === pop.id && destinations.length > 0
  );
  const own = here.filter((trunk) => trunk.tenantId === tenantId);
  if (own.length > 0) return own;
  return here.filter((trunk) => trunk.tenantId === null && trunk.partnerId === tenant.partnerId);
}
