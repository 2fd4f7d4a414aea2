import { createHash } from "node:crypto";
import { join } from "node:path";
import { KeeperFile } from "../../protocol/keeper/keeper_file.ts";
import { addressesOf } from "./addresses.ts";
import { type ClusterName, CLUSTERS, sitesOf } from "./clusters.ts";
import type { PlatformLayout } from "./platform_layout.ts";
import { type SiteName, SITES } from "./sites.ts";

/** Where a site's servers have their data. */
export function serverFolder(layout: Pick<PlatformLayout, "folders">, site: SiteName): string {
  return join(layout.folders.data, "postgres", site);
}

/** What the keeper of a site is told. */
export function keeperFileOf(layout: PlatformLayout, site: SiteName): KeeperFile {
  const { ports, secrets, sites, standby } = layout;
  const addresses = addressesOf(layout);
  const superuser = (id: ClusterName | "control-plane") => ({ password: secrets.superuser[id] });
  const control = {
    kind: "sole",
    name: "control-plane",
    superuser: superuser("control-plane"),
    postgres: addresses.controlPostgres,
  };
  const clusters = CLUSTERS.map(({ id, homeRegion }) => ({
    kind: "cluster",
    name: id,
    superuser: superuser(id),
    home: homeRegion,
    replication: { password: secrets.replication[id] },
    sites: sitesOf(id, true).map((at) => ({
      site: at,
      keeperUrl: addresses.keeper(at),
      cellUrl: addresses.cell(id, at),
      postgres: addresses.postgres(id, at),
    })),
  }));
  const soles = CLUSTERS.map(({ id, homeRegion }) => ({
    kind: "sole",
    name: id,
    superuser: superuser(id),
    postgres: addresses.postgres(id, homeRegion),
  }));
  return KeeperFile.parse({
    site,
    listen: { hostname: sites[site].host, port: ports.keepers[site] },
    serviceKeyFile: layout.keys.get(`keeper:${site}`)!.path,
    keys: [...layout.keys.values()].map(({ publicKey }) => publicKey)
      .filter(({ service }) => /^(keeper|cell|control-plane|operator)\b/.test(service)),
    stateDir: join(layout.folders.state, `keeper-${site}`),
    postgres: {
      dataFolder: serverFolder(layout, site),
      installation: createHash("sha256").update(secrets.operator.clientSecret).digest("hex"),
      networks: [
        ...new Set(SITES.map((name) => `${sites[name].host}/32`)),
        ...layout.networks,
      ],
    },
    times: layout.keeperTimes,
    witnesses: standby ? SITES.map((at) => ({ site: at, url: addresses.keeper(at) })) : [],
    servers: [
      ...site === "control" ? [control] : [],
      ...standby ? (site === "control" ? [] : clusters) : soles,
    ],
  });
}
