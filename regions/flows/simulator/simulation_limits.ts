/** What bounds a simulation. */
export const SIMULATION_LIMITS = {
  /** Steps of the flow. */
  steps: 10_000,
  /** Decisions of the tenant's machine. */
  decisions: 20_000,
  /** Virtual time, in milliseconds. */
  time: 8 * 86_400_000,
  /** Steps whose inputs and outputs are told; of later ones the way is. */
  whole: 1_000,
  /** Things heard, asked or wrong that are told, each. */
  told: 1_000,
} as const;
