import type { ClusterName } from "./clusters.ts";
import type { PortPlan } from "./port_plan.ts";
import type { DataSite, Placement, SiteName, SitePlan } from "./sites.ts";

/** What addresses follow from. */
export interface Whereabouts {
  ports: PortPlan;
  sites: Readonly<Record<SiteName, SitePlan>>;
  placement: Placement;
}

/** Where each part answers. */
export interface Addresses {
  controlPlane: string;
  edge: string;
  cell(id: ClusterName, site: DataSite): string;
  keeper(site: SiteName): string;
  pop(id: "FRA" | "NYC"): string;
  /** "host:port" of a PoP's SIP. */
  sip(id: "FRA" | "NYC"): string;
  postgres(id: ClusterName, site: DataSite): { host: string; port: number };
  controlPostgres: { host: string; port: number };
}

/** Gives the addresses that follow from ports, sites and placement. */
export function addressesOf({ ports, sites, placement }: Whereabouts): Addresses {
  const url = (site: SiteName, port: number) => `http://${sites[site].host}:${port}`;
  return {
    controlPlane: url(placement["control-plane"], ports.controlPlane),
    edge: url(placement.edge, ports.edge),
    cell: (id, site) => url(site, ports.cells[id][site]),
    keeper: (site) => url(site, ports.keepers[site]),
    pop: (id) => url(placement[id], ports.pops[id].http),
    sip: (id) => `${sites[placement[id]].host}:${ports.pops[id].sip}`,
    postgres: (id, site) => ({ host: sites[site].host, port: ports.postgres[id][site] }),
    controlPostgres: { host: sites.control.host, port: ports.controlPostgres },
  };
}
