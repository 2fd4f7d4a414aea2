/** Time as the media engine sees it; handed in so that tests can turn it by hand. */
export interface MediaClock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Milliseconds since 1970, for NTP timestamps in RTCP and the certificate. */
  wallClock(): number;
  /** Runs `callback` once after `delay` milliseconds; returns what cancels it. */
  schedule(delay: number, callback: () => void): () => void;
}
