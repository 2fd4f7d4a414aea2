import type { Kysely } from "kysely";
import type { ControlTables } from "../database/control_tables.ts";
import type { TenantHoldings } from "./check_references.ts";

/** Reads which numbers and assets a tenant has. */
export async function tenantHoldings(
  db: Kysely<ControlTables>,
  tenantId: string,
): Promise<TenantHoldings> {
  const [numbers, assets] = await Promise.all([
    db.selectFrom("cfg.numbers").select("number").where("tenant_id", "=", tenantId).execute(),
    db.selectFrom("cfg.assets").select("id").where("tenant_id", "=", tenantId).execute(),
  ]);
  return {
    numbers: new Set(numbers.map(({ number }) => number)),
    assetIds: new Set(assets.map(({ id }) => id)),
  };
}
