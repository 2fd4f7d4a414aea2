/**
 * A cell's right to act for its cluster. Once over it never comes back: the process ends, and
 * another begins.
 */
export interface Lease {
  /** Whether it holds at this moment. */
  readonly held: boolean;
  /** @throws AntiphonError `not_active` when it does not hold at this moment */
  check(): void;
  /** Settles when it is over. */
  readonly ended: Promise<void>;
}
