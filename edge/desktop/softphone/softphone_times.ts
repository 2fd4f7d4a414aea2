/** Deadlines of the softphone, in milliseconds. */
export const SOFTPHONE_TIMES = {
  /** From opening the socket to its being open. */
  open: 10_000,
  /** From a request to its answer. */
  answer: 8_000,
  /** From the transports' making to both being connected. */
  media: 15_000,
  /** Between pings. */
  ping: 15_000,
  /** How long a transport may be disconnected before it is made again. */
  disconnected: 5_000,
} as const;
