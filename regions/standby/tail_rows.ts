import { type Kysely, sql } from "kysely";
import type { CellTables } from "../database/cell_tables.ts";
import type { WarmTenant } from "./warm_tenant.ts";

/** A row of some tenant's log. */
export interface TailRow {
  tenantId: string;
  seq: number;
  epoch: number;
  /** Epoch ms. */
  at: number;
  version: number;
  body: unknown;
}

/** What was read at once, with the start of the server that it was read of. */
export interface TailPage {
  started: string;
  rows: TailRow[];
}

/**
 * Reads on in the logs of many tenants at once: of each at most `most` rows behind its last known
 * one, `whole` of all of them, in order. O(log n) a tenant where there is nothing new.
 */
export async function tailRows(
  db: Kysely<CellTables>,
  tenants: ReadonlyMap<string, WarmTenant>,
  most: number,
  whole: number,
): Promise<TailPage> {
  const known = [...tenants].map(([id, { state }]) => ({ id, seq: state.seq }));
  // One statement is one moment: the rows are of the server whose start is named.
  const { rows } = await sql<{
    started: string;
    tenant_id: string | null;
    seq: string;
    epoch: number;
    at: string;
    version: number;
    body: unknown;
  }>`
    select pg_postmaster_start_time()::text as started, e.*
    from (select 1) one left join (
      select e.tenant_id, e.seq, e.epoch, e.at, e.version, e.body
      from jsonb_to_recordset(${JSON.stringify(known)}::text::jsonb) as k(id uuid, seq bigint)
      cross join lateral (
        select * from cell.events e where e.tenant_id = k.id and e.seq > k.seq
        order by e.seq limit ${most}) e
    ) e on true
    order by e.tenant_id, e.seq limit ${whole}`.execute(db);
  return {
    started: rows[0].started,
    rows: rows.flatMap(({ tenant_id: tenantId, seq, epoch, at, version, body }) =>
      tenantId === null
        ? []
        : [{ tenantId, seq: Number(seq), epoch, at: Number(at), version, body }]
    ),
  };
}
