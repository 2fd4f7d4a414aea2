/** Close codes of the softphone socket that the desktop acts on. */
export const SOFTPHONE_CLOSE = {
  unauthenticated: 4401,
  /** The agent's newer softphone took over. */
  replaced: 4409,
} as const;
