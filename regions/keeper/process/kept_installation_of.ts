import { join } from "node:path";
import type { KeeperFile } from "../../../protocol/keeper/keeper_file.ts";
import type { KeptInstallation } from "../postgres/kept_installation.ts";
import type { PostgresHome } from "../postgres/postgres_home.ts";
import type { SystemUser } from "../postgres/unprivileged_user.ts";

/** Where a server of the keeper's file lies, and how it is run. */
export function keptInstallationOf(
  file: KeeperFile,
  server: KeeperFile["servers"][number],
  { folder, binaries }: PostgresHome,
  user: SystemUser | undefined,
): KeptInstallation {
  const cluster = server.kind === "cluster" ? server : null;
  const own = server.kind === "cluster"
    ? server.sites.find(({ site }) => site === file.site)!.postgres
    : server.postgres;
  return {
    name: server.name,
    binaries,
    user,
    dataFolder: join(folder, server.name),
    host: own.host,
    port: own.port,
    superuser: server.superuser,
    replication: cluster?.replication ?? null,
    networks: [
      ...file.postgres.networks,
      ...cluster?.sites.map(({ postgres }) => postgres.host) ?? [],
    ],
    settings: server.settings,
  };
}
