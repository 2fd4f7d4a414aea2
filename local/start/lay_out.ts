import { join } from "node:path";
import { keepDataKind } from "../layout/data_kind.ts";
import { deploymentOf } from "../layout/deployment_of.ts";
import type { Folders } from "../layout/folders.ts";
import { keeperFileOf } from "../layout/keeper_file_of.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import type { PortPlan } from "../layout/port_plan.ts";
import { CLUSTERS } from "../layout/clusters.ts";
import { EDGE_ID } from "../layout/edge_id.ts";
import { HOST } from "../layout/host.ts";
import { POPS } from "../layout/pops.ts";
import { keeperSites } from "../layout/process_names.ts";
import { keeperFilePath } from "../layout/room_plans.ts";
import { ROOM_PROGRAMS } from "../layout/rooms.ts";
import { readOrMakeSecrets } from "../layout/secrets.ts";
import { readOrMakeServiceKeys } from "../layout/service_keys.ts";
import { placementOf, sitePlans } from "../layout/site_plans.ts";
import { writeAtomically } from "../layout/write_atomically.ts";
import type { PlatformOptions } from "./platform_options.ts";

/** Standbys are first copied when the rest is up, in milliseconds after their keepers' start. */
const FIRST_SEED_MS = 5000;

/** Makes or reads secrets and keys, and writes the deployment's and the keepers' files. */
export async function layOut(
  folders: Folders,
  ports: PortPlan,
  options: PlatformOptions,
): Promise<PlatformLayout> {
  const standby = options.standby ?? true;
  await keepDataKind(folders.data, standby);
  const keepers = keeperSites(standby);
  const services = [
    "control-plane",
    "operator",
    ...CLUSTERS.map(({ id }) => `cell:${id}`),
    ...POPS.map(({ id }) => `pop:${id}`),
    ...keepers.map((site) => `keeper:${site}`),
    `edge:${EDGE_ID}`,
  ];
  const [secrets, keys] = await Promise.all([
    readOrMakeSecrets(folders.secrets),
    readOrMakeServiceKeys(folders.secrets, services),
  ]);
  const layout: PlatformLayout = {
    folders,
    ports,
    sites: sitePlans(options.sites),
    placement: placementOf(options.placement),
    standby,
    keeperTimes: { firstSeedMs: FIRST_SEED_MS, ...options.keeperTimes },
    secrets,
    keys,
    deploymentFile: join(folders.data, "deployment.json"),
    controlPlaneKeysFile: join(folders.data, "control-plane-keys.json"),
    extraSip: options.extraSip ?? [],
    // The console stands in for the message provider.
    egressAllow: [`${HOST}:${ports.console}`, ...options.egressAllow ?? []],
    logLevel: options.logLevel ?? "info",
    networks: options.networks ?? [],
    programs: options.programs ?? ROOM_PROGRAMS,
  };
  // The operator speaks to keepers alone.
  const publicKeys = [...keys.values()].map((key) => key.publicKey)
    .filter(({ service }) => service !== "operator");
  await writeJson(layout.controlPlaneKeysFile, [keys.get("control-plane")!.publicKey]);
  await writeJson(layout.deploymentFile, deploymentOf(layout, publicKeys));
  for (const site of keepers) {
    await writeJson(keeperFilePath(layout, site), keeperFileOf(layout, site));
  }
  const states = [
    ...POPS.map(({ id }) => `pop-${id}`),
    ...keepers.map((site) => `keeper-${site}`),
    "edge",
  ];
  for (const name of states) {
    await Deno.mkdir(join(folders.state, name), { recursive: true, mode: 0o700 });
  }
  return layout;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeAtomically(path, JSON.stringify(value, null, 2));
}
