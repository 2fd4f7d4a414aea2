import type { Kysely } from "kysely";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { CellTables } from "../../database/cell_tables.ts";
import { readLog } from "../../log/read_log.ts";
import { replay } from "../replay.ts";
import { emptyTenantState } from "../tenant_state.ts";
import { encodeState } from "./encode_state.ts";
import { hashEncoded } from "./hash_state.ts";
import { loadSnapshot } from "./load_snapshot.ts";
import { SNAPSHOT_VERSION } from "./snapshot_version.ts";

/** What {@linkcode verifySnapshots} works with. */
export interface VerifySnapshotsPorts {
  db: Kysely<CellTables>;
  log: Logger;
  counters: Counters;
  /** Runs `run` after `ms`. */
  timer: (ms: number, run: () => void) => unknown;
}

/** Events replayed in one turn of the event loop. */
const PAGE = 250;

/**
 * Replays a tenant's log from its newest verified snapshot, or from the start, through every
 * snapshot that was not verified yet, and compares hashes. One that a replay contradicts is never
 * loaded nor truncated by; the log is the truth. Snapshots of an earlier version are left as they
 * are: the program that could judge them is gone. O(events since the last verified snapshot).
 *
 * @param signal Ends it between two pages of the log.
 * @returns how many were contradicted
 * @throws AntiphonError as `readLog` does
 */
export async function verifySnapshots(
  { db, log, counters, timer }: VerifySnapshotsPorts,
  tenantId: string,
  signal?: AbortSignal,
): Promise<number> {
  const base = await loadSnapshot(db, tenantId, log, { verified: true });
  const rows = await db.selectFrom("cell.snapshots").select(["seq", "hash"])
    .where("tenant_id", "=", tenantId).where("seq", ">", String(base?.seq ?? 0))
    .where("version", "=", SNAPSHOT_VERSION).where("verdict", "=", "unverified")
    .orderBy("seq").execute();
  const pause = () => new Promise<void>((resolve) => void timer(0, resolve));
  let mismatches = 0;
  const state = base ?? emptyTenantState();
  for (const row of rows) {
    const seq = Number(row.seq);
    const part = { after: state.seq, until: seq, page: PAGE, signal };
    await replay(state, readLog(db, tenantId, part));
    const hash = await hashEncoded(encodeState(state), pause);
    const fits = state.seq === seq && hash === row.hash;
    await db.updateTable("cell.snapshots").set({ verdict: fits ? "verified" : "mismatched" })
      .where("tenant_id", "=", tenantId).where("seq", "=", row.seq).execute();
    if (fits) continue;
    mismatches += 1;
    counters.add("antiphon_snapshot_mismatches_total");
    log.error("snapshot.mismatch", { tenantId, seq, replayed: state.seq });
  }
  return mismatches;
}
