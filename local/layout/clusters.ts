/** Clusters of the platform on one machine: each is home to one region and standby to the other's. */
export const CLUSTERS = [
  { id: "E39", homeRegion: "eu-central", standbyRegion: "us-east" },
  { id: "C14", homeRegion: "us-east", standbyRegion: "eu-central" },
] as const;
