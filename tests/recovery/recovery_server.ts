import { dirname, join } from "node:path";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { initDataFolder } from "../../local/postgres/init_data_folder.ts";
import { prepareDatabase } from "../../local/postgres/prepare_database.ts";
import { serverPlan } from "../../local/postgres/server_plan.ts";
import { prepared } from "../../local/postgres/testing/prepared.ts";
import { temporaryServer } from "../../local/postgres/testing/temporary_server.ts";
import { Supervisor } from "../../local/processes/supervisor.ts";

const OWNER = { name: "cell", password: "cell" };

/** A PostgreSQL server of its own, set as in a start on one machine, that can be killed. */
export async function recoveryServer() {
  const server = await temporaryServer("postgres-recovery");
  const folder = dirname(dirname(server.dataFolder));
  const [logFolder, pidFolder] = ["logs", "run"].map((name) => join(folder, name));
  for (const path of [logFolder, pidFolder]) await Deno.mkdir(path, { recursive: true });
  const log = createLogger({ service: "recovery", write: () => {} });
  const supervisor = new Supervisor({
    dataFolder: folder,
    logFolder,
    pidFolder,
    log,
    autoRestart: false,
  });
  await initDataFolder(server);
  await supervisor.run(serverPlan(server));
  await prepareDatabase(prepared(server), OWNER, async (sql) => {
    await sql`grant create on database ${sql(OWNER.name)} to ${sql(OWNER.name)}`;
  });
  return {
    url: `postgres://${OWNER.name}:${OWNER.password}@127.0.0.1:${server.port}/${OWNER.name}`,
    kill: () => supervisor.kill(server.name),
    start: () => supervisor.start(server.name),
    [Symbol.asyncDispose]: async () => {
      await supervisor.stopInOrder([[server.name]]);
      await Deno.remove(folder, { recursive: true });
    },
  };
}
