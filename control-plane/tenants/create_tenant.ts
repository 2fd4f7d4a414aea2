import { sql, type Transaction } from "kysely";
import type { Change } from "../changes/change.ts";
import { chooseCluster } from "../clusters/choose_cluster.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { partnerOf } from "../partners/partner_of.ts";
import type { Principal } from "../tokens/principal.ts";
import type { NewTenant } from "./new_tenant.ts";
import type { Tenant } from "./tenant.ts";

/**
 * Makes a tenant on the cluster it asks for.
 * @throws AntiphonError `invalid_request` for a cluster or region that is not there; a slug that
 *   is taken surfaces as the database's unique violation
 */
export async function createTenant(
  { deployment, newId, now }: ControlPlaneContext,
  tx: Transaction<ControlTables>,
  principal: Principal,
  wanted: NewTenant,
): Promise<Change<Tenant>> {
  const partnerId = await partnerOf(tx, principal, wanted.partnerId);
  const clusterId = chooseCluster(await candidates(tx, deployment.clusters), wanted);
  // Held until the commit, so that no new deployment takes the cluster away in between.
  const cluster = await tx.selectFrom("cfg.clusters").select(["home_region", "standby_region"])
    .where("id", "=", clusterId).forShare().executeTakeFirstOrThrow();
  const id = newId();
  const createdAt = new Date(now());
  const { slug, name, durability } = wanted;
  await tx.insertInto("cfg.tenants")
    .values({
      ...{ id, partner_id: partnerId, slug, name, cluster_id: clusterId },
      ...{ status: "active", durability },
    })
    .execute();
  await tx.insertInto("control.tenants").values({ id, created_at: createdAt }).execute();
  return {
    action: "tenant.created",
    subject: id,
    partnerId,
    data: { slug, clusterId, durability },
    answer: {
      id,
      slug,
      name,
      clusterId,
      homeRegion: cluster.home_region,
      standbyRegion: cluster.standby_region,
      status: "active",
      durability,
      createdAt: createdAt.toISOString(),
    },
  };
}

async function candidates(
  tx: Transaction<ControlTables>,
  deployed: ControlPlaneContext["deployment"]["clusters"],
) {
  const rows = await tx.selectFrom("cfg.clusters as c")
    .select(["c.id", "c.home_region as homeRegion"])
    .select((q) =>
      q.selectFrom("cfg.tenants as t").whereRef("t.cluster_id", "=", "c.id")
        .select(sql<number>`count(*)::int`.as("n")).as("tenants")
    )
    .execute();
  const place = new Map(deployed.map((cluster, i) => [cluster.id, i]));
  return rows
    .map((row) => ({ ...row, tenants: row.tenants ?? 0 }))
    .sort((a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity));
}
