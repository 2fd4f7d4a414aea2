import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type CellConnections, connectCell } from "./cell_connections.ts";
import type { LogOwner } from "./claim_log.ts";
import { type CellLock, lockCell } from "./lock_cell.ts";
import { ownCell } from "./own_cell.ts";

/** A cluster's Postgres, open, migrated, and this process's alone. */
export interface CellDatabase extends CellConnections {
  /** The server's timeline: the cluster's epoch. */
  epoch: number;
  /** This process as the log's owner: appends with another token are refused. */
  owner: LogOwner;
  /** Settles when this process has lost the cluster; nothing may be committed after that. */
  lost: Promise<void>;
}

/**
 * Opens a cluster's Postgres, waits until this process alone has it, migrates it, and claims its
 * log.
 * @throws AntiphonError `database_unavailable`; `stale_epoch` when a later epoch wrote its log;
 * `configuration_invalid` when a later program has migrated it
 */
export async function openCellDatabase(url: string): Promise<CellDatabase> {
  const connections = connectCell(url);
  let lock: CellLock | undefined;
  const close = async () => {
    await connections.close();
    await lock?.release();
  };
  try {
    lock = await lockCell(url);
    const owner = await ownCell(connections.db);
    return { ...connections, epoch: owner.epoch, owner, lost: lock.lost, close };
  } catch (cause) {
    await close().catch(() => {});
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError(
      "database_unavailable",
      "Cannot open the cluster's database: check DATABASE_URL and that Postgres runs",
      { cause },
    );
  }
}
