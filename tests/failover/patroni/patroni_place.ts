/** The three sites of a cluster on Patroni; the first two hold data. */
export const PATRONI_PLACES = ["eu-central", "us-east", "control"] as const;
export type PatroniPlace = (typeof PATRONI_PLACES)[number];
