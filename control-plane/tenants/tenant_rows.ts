import type { Kysely } from "kysely";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ControlTables } from "../database/control_tables.ts";
import type { Principal } from "../tokens/principal.ts";
import type { Tenant } from "./tenant.ts";

/** A tenant with the id of its partner. */
export interface OwnedTenant {
  tenant: Tenant;
  partnerId: string;
}

/** The tenants a caller may see: a partner's own, or all for the operator. */
export function tenantRows(db: Kysely<ControlTables>, principal: Principal) {
  return db.selectFrom("cfg.tenants as t")
    .innerJoin("control.tenants as made", "made.id", "t.id")
    .innerJoin("cfg.clusters as c", "c.id", "t.cluster_id")
    .select([
      "t.id",
      "t.partner_id",
      "t.slug",
      "t.name",
      "t.cluster_id",
      "t.status",
      "t.durability",
      "c.home_region",
      "c.standby_region",
      "made.created_at",
    ])
    .$if(principal.kind === "partner", (q) => q.where("t.partner_id", "=", principal.partnerId!));
}

type TenantRow = Awaited<ReturnType<ReturnType<typeof tenantRows>["executeTakeFirstOrThrow"]>>;

/** A row as partners see it. */
export function toTenant(row: TenantRow): Tenant {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    clusterId: row.cluster_id,
    homeRegion: row.home_region,
    standbyRegion: row.standby_region,
    status: row.status,
    durability: row.durability,
    createdAt: row.created_at.toISOString(),
  };
}

/**
 * A tenant by its id.
 * @throws AntiphonError `not_found` when there is none, or it is another partner's
 */
export async function tenantById(
  db: Kysely<ControlTables>,
  principal: Principal,
  id: string,
): Promise<OwnedTenant> {
  const row = await tenantRows(db, principal).where("t.id", "=", id).executeTakeFirst();
  if (!row) throw new AntiphonError("not_found", "You have no such tenant");
  return { tenant: toTenant(row), partnerId: row.partner_id };
}
