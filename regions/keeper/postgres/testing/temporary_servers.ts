import { dirname, join } from "node:path";
import type { PeerAddress } from "../../decisions/kept_server.ts";
import { AdminConnection } from "../admin_connection.ts";
import type { KeptInstallation } from "../kept_installation.ts";
import { KeptPostgres } from "../kept_postgres.ts";
import { postgresHome } from "../postgres_home.ts";
import { runningPostmaster } from "../running_postmaster.ts";
import { unprivilegedUser } from "../unprivileged_user.ts";
import { freePort } from "./free_port.ts";

/** A kept server in a temporary folder. */
export interface TemporaryServer {
  address: PeerAddress;
  installation: KeptInstallation;
  kept: KeptPostgres;
  sql: AdminConnection;
  pid(): Promise<number>;
}

/** Servers of a cluster at these sites, which have nothing yet. They end with the test. */
export async function temporaryServers(
  sites: readonly [string, string],
  binFolder: string | null = null,
): Promise<{ servers: TemporaryServer[] } & AsyncDisposable> {
  const folder = await Deno.makeTempDir();
  await Deno.chmod(folder, 0o711);
  const user = await unprivilegedUser();
  const servers = await Promise.all(sites.map(async (site, index) => {
    const home = await postgresHome({
      dataFolder: join(folder, site),
      user,
      installation: "test",
      binFolder,
    });
    const host = `127.0.${index + 1}.1`;
    const installation: KeptInstallation = {
      name: "E39",
      binaries: home.binaries,
      user,
      dataFolder: join(home.folder, "E39"),
      host,
      port: freePort(host),
      superuser: { name: "antiphon_admin", password: "super secret ' \\ word" },
      replication: { role: "antiphon_replication", password: "replication ' \\ secret" },
      networks: [],
      settings: { shared_buffers: "16MB" },
    };
    const { port } = installation;
    return {
      address: { site, host, port },
      installation,
      kept: new KeptPostgres({
        installation,
        site,
        peer: sites[1 - index],
        now: () => performance.now(),
      }),
      sql: new AdminConnection(installation, {
        name: "test",
        settings: { synchronous_commit: "remote_apply" },
      }),
      pid: async () => (await runningPostmaster(installation.dataFolder))!.pid,
    };
  }));
  return {
    servers,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map(async ({ kept, sql, installation }) => {
        sql.close();
        await kept.stop("immediate");
        const home = dirname(installation.dataFolder);
        if (!home.startsWith(folder)) await Deno.remove(home, { recursive: true });
      }));
      await Deno.remove(folder, { recursive: true });
    },
  };
}
