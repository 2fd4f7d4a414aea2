import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Whereabouts } from "../layout/addresses.ts";
import { type ClusterName, CLUSTERS } from "../layout/clusters.ts";
import { HOST } from "../layout/host.ts";
import { POPS } from "../layout/pops.ts";
import { type DataSite, type SiteName, type SitePlan, SITES } from "../layout/sites.ts";

/** So many taken ports are named. */
const SHOWN = 4;

interface Wanted {
  transport: "tcp" | "udp";
  /** Undefined: the starter's own. */
  site: SitePlan | undefined;
  port: number;
  whose: string;
}

/**
 * Checks that every port is free. Those of a site whose commands run elsewhere are not looked at.
 * @throws AntiphonError `address_in_use` naming those that are taken and what they are for
 */
export function checkPorts(where: Whereabouts): void {
  const taken = wantedPorts(where)
    .filter(({ site }) => site === undefined || site.prefix.length === 0)
    .filter(({ transport, site, port }) => !isFree(transport, site?.host ?? HOST, port))
    .map(({ transport, port, whose }) =>
      transport === "tcp" ? `${port} (${whose})` : `${port}/udp (${whose})`
    );
  if (taken.length === 0) return;
  const [they, them] = taken.length === 1 ? ["Port", "it"] : ["Ports", "them"];
  const more = taken.length > SHOWN ? ` and ${taken.length - SHOWN} more` : "";
  throw new AntiphonError(
    "address_in_use",
    `${they} ${taken.slice(0, SHOWN).join(", ")}${more} in use: stop what uses ${them}, or start ` +
      `with another --port-base than ${where.ports.controlPlane}`,
    { data: { taken } },
  );
}

function wantedPorts({ ports, sites, placement }: Whereabouts): Wanted[] {
  const at = (site: SiteName, port: number, whose: string): Wanted => ({
    ...{ transport: "tcp", site: sites[site], port, whose },
  });
  const udp = (site: SiteName, port: number, whose: string): Wanted => ({
    ...at(site, port, whose),
    transport: "udp",
  });
  const clusters = (of: (id: ClusterName, site: DataSite) => Wanted) =>
    CLUSTERS.flatMap(({ id, homeRegion, standbyRegion }) => [
      of(id, homeRegion),
      of(id, standbyRegion),
    ]);
  return [
    at(placement["control-plane"], ports.controlPlane, "control plane"),
    at("control", ports.controlPostgres, "PostgreSQL of control-plane"),
    ...clusters((id, site) => at(site, ports.postgres[id][site], `PostgreSQL of ${id} in ${site}`)),
    ...clusters((id, site) => at(site, ports.cells[id][site], `cell ${id} in ${site}`)),
    ...SITES.map((site) => at(site, ports.keepers[site], `keeper of ${site}`)),
    ...POPS.flatMap(({ id }) => [
      at(placement[id], ports.pops[id].http, `PoP ${id}`),
      at(placement[id], ports.pops[id].sip, `SIP of ${id}`),
      udp(placement[id], ports.pops[id].sip, `SIP of ${id}`),
      udp(placement[id], ports.pops[id].webrtc, `WebRTC of ${id}`),
    ]),
    at(placement.edge, ports.edge, "edge"),
    { transport: "tcp", site: undefined, port: ports.console, whose: "console" },
  ];
}

function isFree(transport: "tcp" | "udp", hostname: string, port: number): boolean {
  try {
    const socket = transport === "tcp"
      ? Deno.listen({ hostname, port })
      : Deno.listenDatagram({ transport, hostname, port });
    socket.close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}
