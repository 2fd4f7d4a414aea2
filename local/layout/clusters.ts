import type { DataSite } from "./sites.ts";

/** Clusters of the platform on one machine: each is home to one region and standby to the other's. */
export const CLUSTERS = [
  { id: "E39", homeRegion: "eu-central", standbyRegion: "us-east" },
  { id: "C14", homeRegion: "us-east", standbyRegion: "eu-central" },
] as const satisfies readonly { id: string; homeRegion: DataSite; standbyRegion: DataSite }[];

/** A cluster's id. */
export type ClusterName = (typeof CLUSTERS)[number]["id"];

/** The sites that keep a cluster, home first; only its home when there are no standbys. */
export function sitesOf(id: ClusterName, standby: boolean): readonly DataSite[] {
  const { homeRegion, standbyRegion } = CLUSTERS.find((cluster) => cluster.id === id)!;
  return standby ? [homeRegion, standbyRegion] : [homeRegion];
}
