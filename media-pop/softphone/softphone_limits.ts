/** Limits of a softphone's socket. */
export const SOFTPHONE_LIMITS = {
  /** Milliseconds until `hello`. */
  hello: 5_000,
  /** Characters of a frame. */
  frame: 65_536,
  framesPerSecond: 20,
  burst: 60,
  /** Sockets at once, with and without `hello`. */
  sockets: 10_000,
} as const;
