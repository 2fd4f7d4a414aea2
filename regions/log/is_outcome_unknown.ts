/** Classes of SQLSTATE after which a transaction may have been committed or not. */
const UNKNOWN = /^(08|57P)|^40003$/;

/**
 * Whether a write that failed so may have been committed all the same: the connection, or the
 * server, went away before it answered. Any other refusal is a rollback.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== "string") return false;
  return /^(CONNECTION_|CONNECT_|E[A-Z]+$)/.test(code) || UNKNOWN.test(code);
}
