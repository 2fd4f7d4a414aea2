import type { Kysely } from "kysely";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CellTables } from "../database/cell_tables.ts";
import type { LogOwner } from "../database/claim_log.ts";
import { type CellLock, lockCell } from "../database/lock_cell.ts";
import { ownCell } from "../database/own_cell.ts";
import { schemaFit } from "../database/schema_fit.ts";
import { serverPosition } from "../database/server_position.ts";
import type { Lease } from "../lease/lease.ts";
import type { LeaseGuard } from "../lease/lease_guard.ts";

/** What {@linkcode becomeActive} works with. */
export interface BecomeActivePorts {
  url: string;
  db: Kysely<CellTables>;
  guard: LeaseGuard;
  log: Logger;
  /** Runs `run` after `ms`; returns how to cancel it. */
  timer: (ms: number, run: () => void) => () => void;
  /** Called when it holds all there is to hold, before anything is written. */
  activating: () => void;
}

/** A cluster that is this process's. */
export interface Ownership {
  lease: Lease;
  lock: CellLock;
  owner: LogOwner;
}

/** Pause between two attempts, in milliseconds. */
const PAUSE_MS = 50;

/**
 * Waits until this process may act for its cluster: the lease holds, this site's server takes
 * writes, and no other process has it. Then migrates the database and claims the log.
 *
 * @param signal Gives up waiting.
 * @throws AntiphonError `stale_epoch` when a later epoch has the log; what `signal` was aborted with
 */
export async function becomeActive(
  ports: BecomeActivePorts,
  signal: AbortSignal,
): Promise<Ownership> {
  const { db, guard, log, timer } = ports;
  let told = "";
  for (;;) {
    await guard.acquired(signal);
    try {
      const why = await unfit(db);
      if (why === null) {
        const lock = await lockWhileHeld(ports, signal);
        return await take(ports, lock);
      }
      if (why !== told) log.info("cell.waits", { why });
      told = why;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TookNothing) throw error.cause;
      const why = error instanceof Error ? error.message : String(error);
      if (why !== told) log.warn("cell.waits", { why, error });
      told = why;
    }
    await new Promise<void>((resolve) => void timer(PAUSE_MS, resolve));
  }
}

/** Wraps what ends the attempts: the database was locked, and could not be taken. */
class TookNothing extends Error {}

/** Why a server cannot be taken now; null when it can. */
async function unfit(db: Kysely<CellTables>): Promise<string | null> {
  const { recovery } = await serverPosition(db);
  if (recovery) return "this site's server follows another one";
  if (await schemaFit(db) === "newer") return "a later program has migrated this database";
  return null;
}

/** Waits for the lock as long as the lease holds. */
async function lockWhileHeld(
  { url, guard }: BecomeActivePorts,
  signal: AbortSignal,
): Promise<CellLock> {
  const giveUp = new AbortController();
  const stop = guard.watch(() => {
    if (!guard.held) giveUp.abort(new Error("the lease ended"));
  });
  try {
    return await lockCell(url, AbortSignal.any([signal, giveUp.signal]));
  } finally {
    stop();
  }
}

async function take(ports: BecomeActivePorts, lock: CellLock): Promise<Ownership> {
  try {
    const lease = ports.guard.hold();
    ports.activating();
    const owner = await ownCell(ports.db);
    lease.check();
    return { lease, lock, owner };
  } catch (cause) {
    await lock.release();
    throw new TookNothing("The cluster could not be taken", { cause });
  }
}
