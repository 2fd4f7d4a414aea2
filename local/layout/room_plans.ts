import { join } from "node:path";
import { conninfo } from "../postgres/conninfo.ts";
import type { ProcessPlan } from "../processes/process_plan.ts";
import { addressesOf } from "./addresses.ts";
import { type ClusterName, CLUSTERS, sitesOf } from "./clusters.ts";
import { EDGE_ID } from "./edge_id.ts";
import type { PlatformLayout } from "./platform_layout.ts";
import { cellName, keeperName } from "./process_names.ts";
import { roomPlan } from "./room_plan.ts";
import { sipListen } from "./sip_listen.ts";
import type { DataSite, SiteName } from "./sites.ts";

/** Names of the databases, and of the roles that own them. */
export const DATABASES = { "control-plane": "control_plane", cell: "cell" } as const;

/** A site's keeper. */
export function keeperPlan(layout: PlatformLayout, site: SiteName): ProcessPlan {
  const plan = roomPlan(keeperName(site), layout.programs.keeper, {
    KEEPER_FILE: keeperFilePath(layout, site),
    LOG_LEVEL: layout.logLevel,
  }, layout.sites[site].prefix);
  // It stops its servers first.
  return { ...plan, stopSeconds: 30 };
}

/** Where a keeper's file is written. */
export function keeperFilePath(layout: PlatformLayout, site: SiteName): string {
  return join(layout.folders.secrets, `keeper-${site}.json`);
}

/** The control plane's process. */
export function controlPlanePlan(layout: PlatformLayout): ProcessPlan {
  const { ports, secrets, placement } = layout;
  const site = placement["control-plane"];
  const name = DATABASES["control-plane"];
  return roomPlan("control-plane", layout.programs.controlPlane, {
    ...common(layout, site, ports.controlPlane, "control-plane"),
    DATABASE_URL: databaseUrl(
      name,
      secrets.owner["control-plane"],
      addressesOf(layout).controlPostgres,
    ),
    DEPLOYMENT_FILE: layout.deploymentFile,
    OPERATOR_CLIENT_ID: secrets.operator.clientId,
    OPERATOR_CLIENT_SECRET: secrets.operator.clientSecret,
    SECRETS_KEY: secrets.sealing["control-plane"],
  }, layout.sites[site].prefix);
}

/** A cluster's cell at a site, which follows that site's PostgreSQL. */
export function cellPlan(layout: PlatformLayout, id: ClusterName, site: DataSite): ProcessPlan {
  const { ports, secrets, standby } = layout;
  const addresses = addressesOf(layout);
  const peers = sitesOf(id, standby).map((at) => [at, addresses.cell(id, at)]);
  const plan = roomPlan(cellName(id, site), layout.programs.cell, {
    ...common(layout, site, ports.cells[id][site], `cell:${id}`),
    CLUSTER_ID: id,
    REGION: CLUSTERS.find((cluster) => cluster.id === id)!.homeRegion,
    SITE: site,
    LEASE: standby ? `keeper:${addresses.keeper(site)}` : "none",
    PEER_CELLS: JSON.stringify(Object.fromEntries(peers)),
    DATABASE_URL: databaseUrl(DATABASES.cell, secrets.owner[id], addresses.postgres(id, site)),
    CFG_PUBLISHER: conninfo({
      ...addresses.controlPostgres,
      dbname: DATABASES["control-plane"],
      user: subscriberRole(id),
      password: secrets.subscriber[id],
    }),
    SECRETS_KEY: secrets.sealing[id],
    EGRESS_ALLOW: layout.egressAllow.join(","),
  }, layout.sites[site].prefix);
  return { ...plan, againCode: NOT_THE_CLUSTER };
}

/** With this a cell ends that is not the cluster any more, to be started anew as its standby. */
const NOT_THE_CLUSTER = 75;

/** A PoP. */
export function popPlan(layout: PlatformLayout, id: "FRA" | "NYC"): ProcessPlan {
  const pop = layout.ports.pops[id];
  const site = layout.placement[id];
  const { host, prefix } = layout.sites[site];
  return roomPlan(`pop-${id}`, layout.programs.pop, {
    ...common(layout, site, pop.http, `pop:${id}`),
    POP_ID: id,
    CONTROL_PLANE_URL: addressesOf(layout).controlPlane,
    CONTROL_PLANE_KEYS_FILE: layout.controlPlaneKeysFile,
    STATE_DIR: join(layout.folders.state, `pop-${id}`),
    SIP_LISTEN: sipListen(layout, id, layout.extraSip).join(","),
    RTP_PORTS: pop.rtp.join("-"),
    WEBRTC_LISTEN: `${host}:${pop.webrtc}`,
    EGRESS_ALLOW: layout.egressAllow.join(","),
    RECORDING_KEYS: `first:${layout.secrets.recordings[id]}`,
  }, prefix);
}

/** The edge. */
export function edgePlan(layout: PlatformLayout): ProcessPlan {
  const site = layout.placement.edge;
  const plan = roomPlan("edge", layout.programs.edge, {
    ...common(layout, site, layout.ports.edge, `edge:${EDGE_ID}`),
    EDGE_ID,
    CONTROL_PLANE_URL: addressesOf(layout).controlPlane,
    CONTROL_PLANE_KEYS_FILE: layout.controlPlaneKeysFile,
    STATE_DIR: join(layout.folders.state, "edge"),
  }, layout.sites[site].prefix);
  return { ...plan, renewal: { signal: "SIGHUP", ended: edgeReplaced, seconds: 60 } };
}

function edgeReplaced(line: string): "done" | "failed" | undefined {
  if (line.startsWith('{"event":"replaced"')) return "done";
  return line.startsWith('{"event":"not-replaced"') ? "failed" : undefined;
}

/** The role with which a cell reads the control plane's `cfg` schema. */
export function subscriberRole(clusterId: string): string {
  return `cell_${clusterId.toLowerCase()}`;
}

function common(
  layout: PlatformLayout,
  site: SiteName,
  port: number,
  service: string,
): Record<string, string> {
  return {
    HOSTNAME: layout.sites[site].host,
    PORT: String(port),
    SERVICE_KEY_FILE: layout.keys.get(service)!.path,
    LOG_LEVEL: layout.logLevel,
  };
}

function databaseUrl(name: string, password: string, at: { host: string; port: number }): string {
  return `postgres://${name}:${encodeURIComponent(password)}@${at.host}:${at.port}/${name}`;
}
