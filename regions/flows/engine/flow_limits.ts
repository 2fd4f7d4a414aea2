/** What bounds a running flow. */
export const FLOW_LIMITS = {
  /** Activities that a line may pass through without waiting for anything. */
  stepsInARow: 200,
  /** Activities of one instance over its whole life. */
  steps: 20_000,
  /** Activities of one instance that may fail. */
  failures: 200,
  /** Flows that may wait for each other to return. */
  frames: 8,
  /** Event handlers of one instance under way at a time. */
  handlers: 8,
  /** Characters of one value. */
  value: 16_384,
  /** Characters of all values of one instance. */
  memory: 131_072,
  /** Time a PoP may take beyond what an activity itself allows, in milliseconds. */
  graceMs: 30_000,
} as const;
