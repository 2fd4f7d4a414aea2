import { join } from "node:path";
import { endProcess } from "../../protocol/processes/end_process.ts";
import { processIdentity } from "../../protocol/processes/process_identity.ts";
import { prepareDatabase } from "../../local/postgres/prepare_database.ts";
import type { KeptInstallation } from "../../regions/keeper/postgres/kept_installation.ts";
import { KeptPostgres } from "../../regions/keeper/postgres/kept_postgres.ts";
import { postgresHome } from "../../regions/keeper/postgres/postgres_home.ts";
import { runningPostmaster } from "../../regions/keeper/postgres/running_postmaster.ts";
import { freePort } from "../../regions/keeper/postgres/testing/free_port.ts";
import { unprivilegedUser } from "../../regions/keeper/postgres/unprivileged_user.ts";

const HOST = "127.0.0.1";
const OWNER = { name: "cell", password: "cell" };

/** A PostgreSQL server of its own, kept as a keeper keeps one without a standby; can be killed. */
export async function recoveryServer() {
  const folder = await Deno.makeTempDir();
  await Deno.chmod(folder, 0o711);
  const user = await unprivilegedUser();
  const home = await postgresHome({
    ...{ dataFolder: folder, user, installation: "recovery", binFolder: null },
  });
  const installation: KeptInstallation = {
    name: "recovery",
    binaries: home.binaries,
    user,
    dataFolder: join(home.folder, "recovery"),
    host: HOST,
    port: freePort(HOST),
    superuser: { name: "antiphon_admin", password: "super secret ' password" },
    replication: null,
    networks: [],
    settings: {},
  };
  const server = new KeptPostgres({
    ...{ installation, site: "recovery", peer: null, now: () => performance.now() },
  });
  await server.bootstrap();
  await prepareDatabase({ ...installation, name: "recovery" }, OWNER, async (sql) => {
    await sql`grant create on database ${sql(OWNER.name)} to ${sql(OWNER.name)}`;
  });
  return {
    url: `postgres://${OWNER.name}:${OWNER.password}@${HOST}:${installation.port}/${OWNER.name}`,
    kill: async () => {
      const running = await runningPostmaster(installation.dataFolder);
      const identity = running && await processIdentity(running.pid);
      if (identity) await endProcess(identity.pid, identity.started, "SIGKILL", 10);
    },
    start: () => server.startPrimary(null),
    [Symbol.asyncDispose]: async () => {
      await server.stop("immediate");
      await server.leave();
      if (!home.folder.startsWith(folder)) await Deno.remove(home.folder, { recursive: true });
      await Deno.remove(folder, { recursive: true });
    },
  };
}
