import {
  verifySnapshots,
  type VerifySnapshotsPorts,
} from "../tenants/snapshot/verify_snapshots.ts";
import { forgetTraces } from "../flows/trace/forget_traces.ts";
import { forgetAudio } from "../prompts/forget_audio.ts";
import { truncateLog } from "./truncate_log.ts";

/** What {@linkcode tidyLog} works with. */
export interface TidyLogPorts extends VerifySnapshotsPorts {
  now: () => number;
  /** Days that a record of the log is kept at least. */
  logDays: number;
  /** Days that traces of flows are kept. */
  traceDays: number;
}

const DAY_MS = 86_400_000;
/** Commands are repeated within minutes; their ids are kept a day. */
const COMMANDS_MS = DAY_MS;

/**
 * Verifies new snapshots, tenant by tenant, deletes what the log no longer needs, old traces, and audio
 * that nothing uses. Where a snapshot was contradicted nothing is deleted; one tenant's trouble does not keep it from others.
 *
 * @param signal Ends it between two tenants, or two pages of a log.
 */
export async function tidyLog(ports: TidyLogPorts, signal: AbortSignal): Promise<void> {
  const { db, log, counters, now, logDays, traceDays } = ports;
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
  const forgotten = await forgetTraces(db, now() - traceDays * DAY_MS, signal);
  counters.add("antiphon_flow_traces_forgotten_total", {}, forgotten);
  counters.add("antiphon_audio_forgotten_total", {}, await forgetAudio(db, now()));
}
