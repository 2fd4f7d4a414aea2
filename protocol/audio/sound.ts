/** Sound of one channel as it was read from a file. */
export interface Sound {
  /** Samples a second. */
  rate: number;
  /** Linear, 1 being full scale. */
  samples: Float32Array;
}

/** Audio of a prompt may be this long at most, in seconds. */
export const LONGEST_SECONDS = 600;
/** Rates that are taken, in samples a second. */
export const [LOWEST_RATE, HIGHEST_RATE] = [4_000, 192_000];
/** What telephones speak, in samples a second. */
export const TELEPHONE_RATE = 8_000;
