import type { MediaClock } from "./media_clock.ts";

/** The machine's clock. */
export const SYSTEM_CLOCK: MediaClock = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  schedule: (delay, callback) => {
    const timer = setTimeout(callback, Math.max(0, delay));
    return () => clearTimeout(timer);
  },
};
