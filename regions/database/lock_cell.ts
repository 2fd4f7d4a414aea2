import postgres from "postgres";
import { PLAIN } from "./client_options.ts";

/** A cluster's database, held by this process alone. */
export interface CellLock {
  /** Settles when the lock is gone without having been released. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/** Key of the advisory lock that makes one process the cluster's cell. */
const CELL_LOCK = 7_221_001;

/**
 * Waits until this process alone has the cluster's database: a session lock that ends with its
 * connection, so that the next who waits has it in that moment.
 *
 * @param signal Gives up waiting.
 * @throws what the driver throws when the database is not reached, or `signal` was aborted
 */
export async function lockCell(url: string, signal?: AbortSignal): Promise<CellLock> {
  let closing = false;
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  const guard = postgres(url, {
    ...PLAIN,
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    // One that gave up waiting is noticed while it waits.
    connection: { application_name: "antiphon-cell", client_connection_check_interval: "1s" },
    onclose: () => closing || lose(),
  });
  const release = async () => {
    closing = true;
    await guard.end({ timeout: 0 });
  };
  const giveUp = () => void release();
  signal?.addEventListener("abort", giveUp);
  try {
    signal?.throwIfAborted();
    await guard`select pg_advisory_lock(${CELL_LOCK})`;
    signal?.throwIfAborted();
    return { lost, release };
  } catch (error) {
    await release();
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}
