import { sql, type Transaction } from "kysely";
import type { EntityChange } from "../../configuration/diff_entities.ts";
import type { CellTables } from "../../database/cell_tables.ts";

/** A change of a configuration as the history of its flows sees it. */
export interface VersionedChange {
  tenantId: string;
  /** The revision before it. */
  base: number;
  changes: readonly Pick<EntityChange, "action" | "kind" | "id">[];
  /** Content hash of each flow, by flow id. */
  flowVersions: ReadonlyMap<string, string>;
  by: string;
  comment: string;
  /** Epoch ms. */
  at: number;
}

/** Writes down a version of each flow that a change makes or alters. One statement. */
export async function keepVersions(
  tx: Transaction<CellTables>,
  { tenantId, base, changes, flowVersions, by, comment, at }: VersionedChange,
): Promise<void> {
  const flows = changes.filter(({ kind, action }) => kind === "flows" && action !== "delete")
    .map(({ id }) => ({ id, version: flowVersions.get(id) }));
  if (flows.length === 0) return;
  await sql`
    insert into cell.flow_history
      (tenant_id, flow_id, number, version, revision, author, comment, at)
    select ${tenantId}, f.id, coalesce((select max(h.number) from cell.flow_history h
        where h.tenant_id = ${tenantId} and h.flow_id = f.id), 0) + 1,
      f.version, ${base + 1}::bigint, ${by}, ${comment}, ${at}::bigint
    from jsonb_to_recordset(${JSON.stringify(flows)}::text::jsonb) as f (id text, version text)
  `.execute(tx);
}

/** Forgets the versions that came with a revision: nothing was ever decided by them. */
export async function forgetVersions(
  tx: Transaction<CellTables>,
  tenantId: string,
  revision: number,
): Promise<void> {
  await tx.deleteFrom("cell.flow_history").where("tenant_id", "=", tenantId)
    .where("revision", "=", String(revision)).execute();
}
