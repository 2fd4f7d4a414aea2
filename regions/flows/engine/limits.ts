/** Activities that a line may pass through without waiting for anything. */
export const MOST_STEPS_IN_A_ROW = 200;
/** Activities of one instance over its whole life. */
export const MOST_STEPS = 20_000;
/** Activities of one instance that may fail. */
export const MOST_FAILURES = 200;
/** Flows that may wait for each other to return. */
export const MOST_FRAMES = 8;
/** Event handlers of one instance under way at a time. */
export const MOST_HANDLERS = 8;
/** Characters of one value. */
export const LONGEST_VALUE = 16_384;
/** Characters of all values of one instance. */
export const LARGEST_MEMORY = 131_072;
/** Time a PoP may take beyond what an activity itself allows, in milliseconds. */
export const GRACE_MS = 30_000;
