import type { Kysely } from "kysely";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CellTables } from "../database/cell_tables.ts";
import { subscribeToCfg } from "./subscribe_to_cfg.ts";

/** Pause between two attempts, in milliseconds. */
const AGAIN_MS = 1_000;

/** Subscribes, again and again: while the control plane is away, what was replicated is used. */
export async function keepSubscribed(
  db: Kysely<CellTables>,
  clusterId: string,
  publisher: string,
  log: Logger,
): Promise<void> {
  try {
    await subscribeToCfg(db, clusterId, publisher);
  } catch (error) {
    log.warn("placement.subscription-waits", { error });
    setTimeout(() => keepSubscribed(db, clusterId, publisher, log), AGAIN_MS);
  }
}
