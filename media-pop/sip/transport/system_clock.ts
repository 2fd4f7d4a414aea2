import type { SipClock } from "./sip_clock.ts";

/** The machine's monotonic clock. */
export const systemClock: SipClock = {
  now: () => performance.now(),
  every: (period, turn) => {
    const id = setInterval(turn, period);
    return () => clearInterval(id);
  },
};
