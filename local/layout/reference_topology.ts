/** Clusters of the platform on one machine: each is home to one region and standby to the other's. */
export const CLUSTERS = [
  { id: "E39", homeRegion: "eu-central", standbyRegion: "us-east" },
  { id: "C14", homeRegion: "us-east", standbyRegion: "eu-central" },
] as const;

/** Its PoPs, one a region. */
export const POPS = [
  { id: "FRA", name: "Frankfurt", region: "eu-central" },
  { id: "NYC", name: "New York", region: "us-east" },
] as const;

/** Its one edge. */
export const EDGE_ID = "local";

/** The address that everything listens on. */
export const HOST = "127.0.0.1";
