/** A clock in milliseconds, and a way to let time pass. */
export interface Pace {
  now: () => number;
  pause: (ms: number) => Promise<void>;
}

/** The pace of this machine. */
export const REAL_PACE: Pace = {
  now: () => performance.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
