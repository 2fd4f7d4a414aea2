import type { PatroniSite } from "./patroni_site.ts";

/** What a scenario does to whom. */
export interface PatroniFault {
  /** The site whose cell is active, and the other data site. */
  leader: PatroniSite;
  other: PatroniSite;
  /** The third site. */
  control: PatroniSite;
  /** Lets time pass while everything else goes on. */
  pass: (seconds: number) => Promise<void>;
}

/** One thing that happens to a cluster on Patroni. */
export interface PatroniScenario {
  /** As `deno task lab` knows it. */
  name: string;
  title: string;
  /** Whether the cluster is to be active at the other site afterwards. */
  moves: boolean;
  /** Whether a client inside the leading site takes part; needs a network that can be cut. */
  inside?: true;
  /** Longest time without an acknowledgement that is good, in milliseconds. */
  limitMs: number;
  /** Does it, and lasts as long as the trouble does. */
  strike: (fault: PatroniFault) => Promise<void>;
  /** Brings back what was taken away. */
  heal: (fault: PatroniFault) => Promise<void>;
}

/** A dead leader's key runs out after the ttl of docs/patroni/patroni.yml; two seconds are ours. */
export const LEASE_AND_TWO_MS = 7_000;

/**
 * Whoever takes the key first asks the other member how far it is, and gives one that is silent, not
 * dead, two seconds. Patroni has no setting for that.
 */
export const SILENT_MEMBER_MS = 2_000;
