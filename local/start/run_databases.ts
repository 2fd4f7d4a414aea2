import { addressesOf } from "../layout/addresses.ts";
import { type ClusterName, CLUSTERS, sitesOf } from "../layout/clusters.ts";
import type { PlatformLayout } from "../layout/platform_layout.ts";
import { CONTROL_POSTGRES, keeperSites, postgresName } from "../layout/process_names.ts";
import { DATABASES, keeperPlan, subscriberRole } from "../layout/room_plans.ts";
import { type DataSite, SITES } from "../layout/sites.ts";
import type { KeeperClient } from "../cluster/keeper_client.ts";
import type { PreparedServer } from "../postgres/prepared_server.ts";
import { preparePublisher } from "../postgres/prepare_publisher.ts";
import { prepareSubscriber } from "../postgres/prepare_subscriber.ts";
import { SUPERUSER } from "../postgres/superuser.ts";
import { untilWritable } from "../postgres/until_writable.ts";
import type { ProcessPlan } from "../processes/process_plan.ts";
import { activeSite } from "./active_site.ts";

/** What {@linkcode runDatabases} works with. */
export interface RunDatabases {
  layout: PlatformLayout;
  /** Runs a process until it is ready. */
  run: (plan: ProcessPlan) => Promise<void>;
  keepers: ReadonlyMap<string, KeeperClient>;
  /** Ends all waiting. */
  signal: AbortSignal;
}

/** Promises that settle when a database can be used. */
export interface Databases {
  control: Promise<void>;
  /** Gives the site at which the cluster is active. */
  clusters: Readonly<Record<ClusterName, Promise<DataSite>>>;
}

/** Starts the keepers at once, and prepares each database as soon as its server is writable. */
export function runDatabases({ layout, run, keepers, signal }: RunDatabases): Databases {
  const running = new Map(
    keeperSites(layout.standby).map((site) => [site, run(keeperPlan(layout, site))] as const),
  );
  const all = Promise.all(running.values());
  const control = running.get("control")!.then(() => prepareControl(layout, signal));
  const cluster = async (id: ClusterName): Promise<DataSite> => {
    await all;
    const [home] = sitesOf(id, layout.standby);
    const site = layout.standby
      ? await activeSite(id, [...keepers.values()].filter(isData), signal)
      : home;
    await prepareCluster(layout, id, site as DataSite, signal);
    return site as DataSite;
  };
  const clusters = Object.fromEntries(CLUSTERS.map(({ id }) => [id, cluster(id)]));
  // Whoever needs a server awaits it and hears of its failure there.
  for (const promise of [all, control, ...Object.values(clusters)]) promise.catch(() => {});
  return { control, clusters: clusters as Databases["clusters"] };
}

function isData({ site }: KeeperClient): boolean {
  return SITES.some((known) => known === site) && site !== "control";
}

async function prepareControl(layout: PlatformLayout, signal: AbortSignal): Promise<void> {
  const { secrets } = layout;
  const server: PreparedServer = {
    name: CONTROL_POSTGRES,
    ...addressesOf(layout).controlPostgres,
    superuser: { name: SUPERUSER, password: secrets.superuser["control-plane"] },
  };
  const subscribers = CLUSTERS.map((cluster) => ({
    name: subscriberRole(cluster.id),
    password: secrets.subscriber[cluster.id],
  }));
  await untilWritable(server, signal);
  const owner = { name: DATABASES["control-plane"], password: secrets.owner["control-plane"] };
  await preparePublisher(server, owner, subscribers);
}

async function prepareCluster(
  layout: PlatformLayout,
  id: ClusterName,
  site: DataSite,
  signal: AbortSignal,
): Promise<void> {
  const { secrets } = layout;
  const server: PreparedServer = {
    name: postgresName(id, site),
    ...addressesOf(layout).postgres(id, site),
    superuser: { name: SUPERUSER, password: secrets.superuser[id] },
  };
  await untilWritable(server, signal);
  await prepareSubscriber(server, { name: DATABASES.cell, password: secrets.owner[id] });
}
