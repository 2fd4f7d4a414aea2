/** Close codes of the softphone socket (RFC 6455 section 7.4.2, private use). */
export const SOFTPHONE_CLOSE = {
  badFrame: 4400,
  unauthenticated: 4401,
  helloTimeout: 4408,
  /** The agent's newer softphone took over. */
  replaced: 4409,
  tooMany: 4429,
  goingDown: 4503,
} as const;
