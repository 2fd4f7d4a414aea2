import { type ClusterName, CLUSTERS, sitesOf } from "./clusters.ts";
import { POPS } from "./pops.ts";
import { type DataSite, type SiteName, SITES } from "./sites.ts";

/** A keeper's process. */
export function keeperName(site: SiteName): string {
  return `keeper-${site}`;
}

/** A cluster's cell at a site. */
export function cellName(id: ClusterName, site: DataSite): string {
  return `cell-${id}-${site}`;
}

/** A PostgreSQL server. It is its keeper's child, not ours, but known and killed by this name. */
export function postgresName(id: ClusterName, site: DataSite): string {
  return `postgres-${id}-${site}`;
}

export const CONTROL_POSTGRES = "postgres-control-plane";

/** The keepers there are. */
export function keeperSites(standby: boolean): readonly SiteName[] {
  return standby ? SITES : ["control"];
}

/**
 * The order in which processes stop, stage by stage: who calls before who is called, a standby
 * cell before the active one, subscribers before the publisher.
 */
export function stopOrder(standby: boolean): string[][] {
  const cells = CLUSTERS.flatMap(({ id }) => sitesOf(id, standby).map((at) => cellName(id, at)));
  return [
    ["edge", ...POPS.map(({ id }) => `pop-${id}`)],
    cells,
    ["control-plane"],
    keeperSites(standby).filter((site) => site !== "control").map(keeperName),
    [keeperName("control")],
  ];
}
