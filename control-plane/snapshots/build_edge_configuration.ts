import type { Transaction } from "kysely";
import type { EdgeConfiguration } from "../../protocol/topology/edge_configuration.ts";
import { AssetSecrets } from "../assets/asset_secrets.ts";
import type { ControlTables } from "../database/control_tables.ts";
import type { Sealer } from "../secrets/sealer.ts";
import { placementRows } from "./placement_rows.ts";

/** An edge's configuration without its version, with the secrets of assets. Null: no such edge. */
export async function buildEdgeConfiguration(
  tx: Transaction<ControlTables>,
  edgeId: string,
  sealer: Pick<Sealer, "open">,
): Promise<Omit<EdgeConfiguration, "version"> | null> {
  const edge = await tx.selectFrom("cfg.edges").select("id").where("id", "=", edgeId)
    .executeTakeFirst();
  if (!edge) return null;
  const placement = await placementRows(tx);
  const pops = await tx.selectFrom("cfg.pops").select(["id", "name", "region", "url", "sip"])
    .orderBy("id").execute();
  const rows = await tx.selectFrom("cfg.assets as a")
    .innerJoin("control.asset_secrets as s", "s.asset_id", "a.id")
    .innerJoin("cfg.tenants as t", "t.id", "a.tenant_id")
    .select([
      "a.id",
      "a.tenant_id as tenantId",
      "t.cluster_id as clusterId",
      "a.channel",
      "a.phone_number_id as phoneNumberId",
      "s.sealed",
    ])
    .orderBy("a.id").execute();
  const assets = await Promise.all(rows.map(async ({ sealed, ...asset }) => {
    const secrets = AssetSecrets.parse(JSON.parse(await sealer.open(sealed)));
    return { ...asset, ...secrets };
  }));
  return { edgeId, ...placement, pops, assets };
}
