/** Time that what one activity plays may take at most, in milliseconds. */
export const PLAY_MS = 11 * 60_000;
