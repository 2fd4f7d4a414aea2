import {
  verifySnapshots,
  type VerifySnapshotsPorts,
} from "../tenants/snapshot/verify_snapshots.ts";
import { truncateLog } from "./truncate_log.ts";

/** What {@linkcode tidyLog} works with. */
export interface TidyLogPorts extends VerifySnapshotsPorts {
  now: () => number;
  /** Days that a record of the log is kept at least. */
  logDays: number;
}

const DAY_MS = 86_400_000;
/** Commands are repeated within minutes; their ids are kept a day. */
const COMMANDS_MS = DAY_MS;

/**
 * Verifies new snapshots, tenant by tenant, and deletes what the log no longer needs. Where a
 * snapshot was contradicted nothing is deleted; one tenant's trouble does not keep it from others.
 *
 * @param signal Ends it between two tenants, or two pages of a log.
 */
export async function tidyLog(ports: TidyLogPorts, signal: AbortSignal): Promise<void> {
  const { db, log, counters, now, logDays } = ports;
  const tenants = await db.selectFrom("cell.snapshots").select("tenant_id").distinct().execute();
  for (const { tenant_id: tenantId } of tenants) {
    if (signal.aborted) return;
    try {
      if (await verifySnapshots(ports, tenantId, signal) > 0) continue;
      const deleted = await truncateLog(db, tenantId, now() - logDays * DAY_MS);
      counters.add("antiphon_log_truncated_total", {}, deleted);
    } catch (error) {
      if (!signal.aborted) log.error("log.not-verified", { tenantId, error });
    }
  }
  await db.deleteFrom("cell.commands").where("at", "<", String(now() - COMMANDS_MS)).execute();
}
