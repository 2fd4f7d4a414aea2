import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { PreparedServer } from "./prepared_server.ts";

const PAUSE_MS = 50;

/**
 * Waits until a server that its keeper starts can be written to.
 * @throws AntiphonError `deadline_exceeded` with the last reason
 */
export async function untilWritable(
  server: PreparedServer,
  signal: AbortSignal,
  timeoutMs = 60_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    signal.throwIfAborted();
    const reason = await whyNot(server);
    if (reason === null) return;
    if (performance.now() > end) {
      throw new AntiphonError("deadline_exceeded", `${server.name} cannot be written to`, {
        cause: reason,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Null when it can be written to. */
async function whyNot(server: PreparedServer): Promise<unknown> {
  const sql = postgres({
    host: server.host,
    port: server.port,
    username: server.superuser.name,
    password: server.superuser.password,
    database: "postgres",
    max: 1,
    connect_timeout: 2,
    fetch_types: false,
    onnotice: () => {},
  });
  try {
    const [{ recovery }] = await sql`select pg_is_in_recovery() as recovery`;
    return recovery ? new Error("It is a standby") : null;
  } catch (error) {
    return error ?? new Error("It cannot be reached");
  } finally {
    await sql.end({ timeout: 1 });
  }
}
