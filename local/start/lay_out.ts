import { join } from "node:path";
import { deploymentOf } from "../layout/deployment_of.ts";
import type { Folders } from "../layout/folders.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import type { PortPlan } from "../layout/port_plan.ts";
import { CLUSTERS } from "../layout/clusters.ts";
import { EDGE_ID } from "../layout/edge_id.ts";
import { HOST } from "../layout/host.ts";
import { POPS } from "../layout/pops.ts";
import { ROOM_PROGRAMS } from "../layout/rooms.ts";
import { readOrMakeSecrets } from "../layout/secrets.ts";
import { readOrMakeServiceKeys } from "../layout/service_keys.ts";
import { writeAtomically } from "../layout/write_atomically.ts";
import type { PlatformOptions } from "./platform_options.ts";

/** Makes or reads secrets and keys, and writes the deployment file. */
export async function layOut(
  folders: Folders,
  ports: PortPlan,
  options: PlatformOptions,
): Promise<PlatformLayout> {
  const services = [
    "control-plane",
    ...CLUSTERS.map(({ id }) => `cell:${id}`),
    ...POPS.map(({ id }) => `pop:${id}`),
    `edge:${EDGE_ID}`,
  ];
  const [secrets, keys] = await Promise.all([
    readOrMakeSecrets(folders.secrets),
    readOrMakeServiceKeys(folders.secrets, services),
  ]);
  const extraSip = options.extraSip ?? [];
  const deploymentFile = join(folders.data, "deployment.json");
  const publicKeys = [...keys.values()].map((key) => key.publicKey);
  const deployment = deploymentOf(ports, publicKeys, extraSip);
  await writeAtomically(deploymentFile, JSON.stringify(deployment, null, 2));
  for (const name of [...POPS.map(({ id }) => `pop-${id}`), "edge"]) {
    await Deno.mkdir(join(folders.state, name), { recursive: true, mode: 0o700 });
  }
  return {
    folders,
    ports,
    secrets,
    keys,
    deploymentFile,
    extraSip,
    // The console stands in for the message provider.
    egressAllow: [`${HOST}:${ports.console}`, ...options.egressAllow ?? []],
    logLevel: options.logLevel ?? "info",
    programs: options.programs ?? ROOM_PROGRAMS,
  };
}
