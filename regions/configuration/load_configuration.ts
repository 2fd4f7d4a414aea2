import type { Kysely } from "kysely";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { type ConfigurationIndex, indexConfiguration } from "./configuration_index.ts";

/** A tenant's stored configuration, indexed; undefined when none was ever stored. */
export async function loadConfiguration(
  db: Kysely<CellTables>,
  tenantId: string,
): Promise<ConfigurationIndex | undefined> {
  const row = await db.selectFrom("cell.configurations").selectAll()
    .where("tenant_id", "=", tenantId).executeTakeFirst();
  if (!row) return undefined;
  const flows = await db.selectFrom("cell.flow_versions").select(["version", "document"])
    .where("tenant_id", "=", tenantId).execute();
  return indexConfiguration(
    TenantConfiguration.parse(row.document),
    new Map(Object.entries(row.flow_versions)),
    new Map(flows.map((flow) => [flow.version, flow.document])),
  );
}
