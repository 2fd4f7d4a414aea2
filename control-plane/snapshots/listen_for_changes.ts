import type postgres from "postgres";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { ChangeSignal } from "./change_signal.ts";

/** The channel on which every commit that changes `cfg` notifies. */
export const CHANGE_CHANNEL = "antiphon_cfg_changed";

/**
 * Raises the signal when another control-plane process committed a change. Only a shortcut:
 * snapshots are read anew every few seconds anyway, so a lost connection costs time and no change.
 */
export async function listenForChanges(
  sql: postgres.Sql,
  changes: ChangeSignal,
  log: Logger,
): Promise<() => Promise<void>> {
  const raise = () => changes.raise();
  const listening = await sql.listen(CHANGE_CHANNEL, raise, raise);
  return () =>
    listening.unlisten().catch((error) => log.debug("changes.unlisten-failed", { error }));
}
