import { createLogger } from "../../../protocol/telemetry/logger.ts";
import type { CellDatabase } from "../../../regions/database/open_cell_database.ts";
import { readLog } from "../../../regions/log/read_log.ts";
import { replay } from "../../../regions/tenants/replay.ts";
import { encodeState } from "../../../regions/tenants/snapshot/encode_state.ts";
import { hashState } from "../../../regions/tenants/snapshot/hash_state.ts";
import { loadSnapshot } from "../../../regions/tenants/snapshot/load_snapshot.ts";
import { emptyTenantState } from "../../../regions/tenants/tenant_state.ts";

/** How large the log is, how fast it is replayed, and what a snapshot costs and saves. */
export async function measureLog(
  { db, writers: { region: sql } }: CellDatabase,
  tenantIds: readonly string[],
) {
  const log = createLogger({ service: "bench", write: () => {} });
  const time = { rows: 0, snapshots: 0, encode: 0, hash: 0 };
  const spent = async <T>(what: keyof typeof time, work: () => T | Promise<T>): Promise<T> => {
    const from = performance.now();
    const result = await work();
    time[what] += performance.now() - from;
    return result;
  };
  let events = 0;
  let entries = 0;
  for (const id of tenantIds) {
    const whole = await spent("rows", () => replay(emptyTenantState(), readLog(db, id)));
    const quick = await spent("snapshots", async () => {
      const state = await loadSnapshot(db, id, log) ?? emptyTenantState();
      return await replay(state, readLog(db, id, { after: state.seq }));
    });
    events += whole.seq;
    entries += (await spent("encode", () => encodeState(whole))).entries;
    const hash = await spent("hash", () => hashState(whole));
    if (hash !== hashState(quick)) throw new Error("Snapshot and log do not agree");
  }
  const [size] = await sql`
    select pg_total_relation_size('cell.events')::float as log,
      (select sum(length(body::text)) from cell.events)::float as bodies`;
  return {
    loggedEvents: events,
    replay: {
      eventsPerSecondFromRows: Math.round(events / time.rows * 1000),
      msForAllTenantsFromRows: Math.round(time.rows),
      msForAllTenantsFromSnapshots: Math.round(time.snapshots),
    },
    snapshot: {
      entries,
      encodeUsPerEntry: Math.round(time.encode / entries * 10_000) / 10,
      hashUsPerEntry: Math.round(time.hash / entries * 10_000) / 10,
    },
    bytesPerEvent: {
      stored: Math.round(size.log / events),
      bodyText: Math.round(size.bodies / events),
    },
  };
}
