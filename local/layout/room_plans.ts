import { join } from "node:path";
import { conninfo } from "../postgres/conninfo.ts";
import type { ProcessPlan } from "../processes/process_plan.ts";
import type { PlatformLayout } from "./platform_layout.ts";
import { CLUSTERS } from "./clusters.ts";
import { EDGE_ID } from "./edge_id.ts";
import { HOST } from "./host.ts";
import { POPS } from "./pops.ts";
import { roomPlan } from "./room_plan.ts";
import { sipListen } from "./sip_listen.ts";

/** Names of the databases, and of the roles that own them. */
export const DATABASES = { "control-plane": "control_plane", cell: "cell" } as const;

/** The control plane's process. */
export function controlPlanePlan(layout: PlatformLayout): ProcessPlan {
  const { ports, secrets } = layout;
  const name = DATABASES["control-plane"];
  return roomPlan("control-plane", layout.programs.controlPlane, {
    ...common(layout, ports.controlPlane, "control-plane"),
    DATABASE_URL: databaseUrl(
      name,
      secrets.owner["control-plane"],
      ports.postgres["control-plane"],
    ),
    DEPLOYMENT_FILE: layout.deploymentFile,
    OPERATOR_CLIENT_ID: secrets.operator.clientId,
    OPERATOR_CLIENT_SECRET: secrets.operator.clientSecret,
    SECRETS_KEY: secrets.sealing["control-plane"],
  });
}

/** A cluster's cell. */
export function cellPlan(layout: PlatformLayout, id: "E39" | "C14"): ProcessPlan {
  const { ports, secrets } = layout;
  return roomPlan(`cell-${id}`, layout.programs.cell, {
    ...common(layout, ports.cells[id], `cell:${id}`),
    CLUSTER_ID: id,
    REGION: CLUSTERS.find((cluster) => cluster.id === id)!.homeRegion,
    DATABASE_URL: databaseUrl(DATABASES.cell, secrets.owner[id], ports.postgres[id]),
    CFG_PUBLISHER: conninfo({
      host: HOST,
      port: ports.postgres["control-plane"],
      dbname: DATABASES["control-plane"],
      user: subscriberRole(id),
      password: secrets.subscriber[id],
    }),
    SECRETS_KEY: secrets.sealing[id],
    EGRESS_ALLOW: layout.egressAllow.join(","),
  });
}

/** A PoP. */
export function popPlan(layout: PlatformLayout, id: "FRA" | "NYC"): ProcessPlan {
  const pop = layout.ports.pops[id];
  return roomPlan(`pop-${id}`, layout.programs.pop, {
    ...common(layout, pop.http, `pop:${id}`),
    POP_ID: POPS.find((known) => known.id === id)!.id,
    CONTROL_PLANE_URL: controlPlaneUrl(layout),
    STATE_DIR: join(layout.folders.state, `pop-${id}`),
    SIP_LISTEN: sipListen(layout.ports, id, layout.extraSip).join(","),
    RTP_PORTS: pop.rtp.join("-"),
    WEBRTC_LISTEN: `${HOST}:${pop.webrtc}`,
    EGRESS_ALLOW: layout.egressAllow.join(","),
    RECORDING_KEYS: `first:${layout.secrets.recordings[id]}`,
  });
}

/** The edge. */
export function edgePlan(layout: PlatformLayout): ProcessPlan {
  return roomPlan("edge", layout.programs.edge, {
    ...common(layout, layout.ports.edge, `edge:${EDGE_ID}`),
    EDGE_ID,
    CONTROL_PLANE_URL: controlPlaneUrl(layout),
    STATE_DIR: join(layout.folders.state, "edge"),
  });
}

/** The role with which a cell reads the control plane's `cfg` schema. */
export function subscriberRole(clusterId: string): string {
  return `cell_${clusterId.toLowerCase()}`;
}

function common(layout: PlatformLayout, port: number, service: string): Record<string, string> {
  return {
    HOSTNAME: HOST,
    PORT: String(port),
    SERVICE_KEY_FILE: layout.keys.get(service)!.path,
    LOG_LEVEL: layout.logLevel,
  };
}

function controlPlaneUrl(layout: PlatformLayout): string {
  return `http://${HOST}:${layout.ports.controlPlane}`;
}

function databaseUrl(name: string, password: string, port: number): string {
  return `postgres://${name}:${encodeURIComponent(password)}@${HOST}:${port}/${name}`;
}
