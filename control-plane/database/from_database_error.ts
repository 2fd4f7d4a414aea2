import postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** What may be taken already, by the constraint that says so. */
const TAKEN: Record<string, { path: string; message: string }> = {
  tenants_slug_key: { path: "slug", message: "is taken: choose another" },
  numbers_pkey: { path: "number", message: "belongs to a tenant already" },
};

/** Codes of postgres.js for a connection that failed, and Node's below it. */
const UNREACHABLE = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/** SQLSTATE classes and codes of a server that is not there: 08, shutting down, full, read-only. */
const AWAY = /^(08|57P0|53300|25006)/;

/**
 * Says in the platform's codes what a database error means: `conflict` for a value that is taken,
 * `database_unavailable`, `deadline_exceeded`, or `unavailable` for a lost race. Any other value
 * comes back as it is.
 */
export function fromDatabaseError(error: unknown): unknown {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (UNREACHABLE.has(code) || (error instanceof postgres.PostgresError && AWAY.test(code))) {
    return new AntiphonError("database_unavailable", "The database is away: try again shortly", {
      cause: error,
    });
  }
  if (!(error instanceof postgres.PostgresError)) return error;
  if (code === "23505") {
    const taken = TAKEN[error.constraint_name ?? ""];
    if (!taken) return error;
    return new AntiphonError("conflict", `The ${taken.path} ${taken.message}`, {
      data: { field: taken.path, fields: [taken] },
      cause: error,
    });
  }
  if (code === "55P03" || code === "57014") {
    return new AntiphonError("deadline_exceeded", "Others hold this for too long: try again", {
      cause: error,
    });
  }
  if (code === "40001" || code === "40P01") {
    return new AntiphonError("unavailable", "Another change came in between: try again", {
      cause: error,
    });
  }
  return error;
}
