import { addressesOf } from "../layout/addresses.ts";
import { type ClusterName, sitesOf } from "../layout/clusters.ts";
import { HOST } from "../layout/host.ts";
import type { LocalState } from "../layout/local_state.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import { keeperSites } from "../layout/process_names.ts";
import type { DemoTenant } from "../seed/demo_tenant.ts";

/** What others on this machine are told of a platform. */
export function stateOf(
  layout: PlatformLayout,
  demo: DemoTenant | null,
  withConsole: boolean,
): LocalState {
  const { ports, standby } = layout;
  const addresses = addressesOf(layout);
  const cells = (id: ClusterName) =>
    Object.fromEntries(sitesOf(id, standby).map((site) => [site, addresses.cell(id, site)]));
  return {
    pid: Deno.pid,
    controlPlaneUrl: addresses.controlPlane,
    edgeUrl: addresses.edge,
    consoleUrl: withConsole ? `http://${HOST}:${ports.console}` : null,
    cellUrls: { E39: cells("E39"), C14: cells("C14") },
    keeperUrls: Object.fromEntries(
      keeperSites(standby).map((site) => [site, addresses.keeper(site)]),
    ),
    standby,
    popUrls: { FRA: addresses.pop("FRA"), NYC: addresses.pop("NYC") },
    sip: { FRA: addresses.sip("FRA"), NYC: addresses.sip("NYC") },
    demo,
  };
}
