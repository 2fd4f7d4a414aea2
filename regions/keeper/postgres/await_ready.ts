import type { AdminConnection } from "./admin_connection.ts";
import { pause } from "./pause.ts";

/** Tries that a server gets that says it is ready. */
const TRIES = 20;

/**
 * Waits until a server that says it is ready answers a question.
 * @throws AntiphonError `database_unavailable`
 */
export async function awaitReady(connection: AdminConnection, signal: AbortSignal): Promise<void> {
  for (let left = TRIES;; left--) {
    signal.throwIfAborted();
    try {
      await connection.use(1000, async (sql) => void await sql`select 1`);
      return;
    } catch (error) {
      if (left <= 1) throw error;
      await pause(50);
    }
  }
}
