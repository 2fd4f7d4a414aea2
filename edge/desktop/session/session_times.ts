/** Deadlines of the session socket, in milliseconds. */
export const SESSION_TIMES = {
  /** From opening the socket to `welcome`. */
  welcome: 10_000,
  /** Silence after which a ping is sent. */
  quiet: 20_000,
  /** From a ping to any frame. */
  pong: 8_000,
  /** From a command to its result, reconnections included. */
  command: 15_000,
  /** Failed tries after which the desktop calls itself offline. */
  triesBeforeOffline: 3,
} as const;
