import type { Transaction } from "kysely";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import type { ClusterAddress, TenantPlacement } from "../../protocol/topology/service_addresses.ts";
import type { ControlTables } from "../database/control_tables.ts";

/** What every snapshot has: clusters, tenants and keys, each in the order of its ids. */
export interface PlacementRows {
  clusters: ClusterAddress[];
  tenants: TenantPlacement[];
  keys: ServiceKey[];
}

/** Reads what every snapshot has. */
export async function placementRows(tx: Transaction<ControlTables>): Promise<PlacementRows> {
  const clusters = await tx.selectFrom("cfg.clusters")
    .select(["id", "home_region as homeRegion", "standby_region as standbyRegion", "urls"])
    .orderBy("id").execute();
  const tenants = await tx.selectFrom("cfg.tenants")
    .select(["id", "slug", "name", "cluster_id as clusterId", "status"]).orderBy("id").execute();
  const keys = await tx.selectFrom("cfg.service_keys").select(["service", "jwk"])
    .orderBy("kid").execute();
  return { clusters, tenants, keys };
}
