import type { Transaction } from "kysely";
import type { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";
import type { ControlTables } from "../database/control_tables.ts";
import { toTrunk } from "../trunks/to_trunk.ts";
import { placementRows } from "./placement_rows.ts";

/** A PoP's configuration without its version: all numbers, its own trunks. Null: no such PoP. */
export async function buildPopConfiguration(
  tx: Transaction<ControlTables>,
  popId: string,
): Promise<Omit<PopConfiguration, "version"> | null> {
  const pop = await tx.selectFrom("cfg.pops").select(["id", "name", "region"])
    .where("id", "=", popId).executeTakeFirst();
  if (!pop) return null;
  const placement = await placementRows(tx);
  const numbers = await tx.selectFrom("cfg.numbers as n")
    .innerJoin("cfg.tenants as t", "t.id", "n.tenant_id")
    .select(["n.number", "n.tenant_id as tenantId", "t.cluster_id as clusterId"])
    .orderBy("n.number").execute();
  const trunks = await tx.selectFrom("cfg.trunks").selectAll().where("pop_id", "=", popId)
    .orderBy("id").execute();
  const partners = await tx.selectFrom("cfg.tenants").select(["id", "partner_id"]).execute();
  const partnerOf = new Map(partners.map((row) => [row.id, row.partner_id]));
  const tenants = placement.tenants
    .map((tenant) => ({ ...tenant, partnerId: partnerOf.get(tenant.id) }));
  return {
    pop,
    ...placement,
    tenants,
    numbers,
    trunks: trunks.map((row) => ({ ...toTrunk(row), partnerId: row.partner_id })),
  };
}
