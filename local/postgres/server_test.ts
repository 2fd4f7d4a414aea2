import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { CFG_SCHEMA } from "../../protocol/cfg/cfg_schema.ts";
import { readLines } from "../processes/read_lines.ts";
import { temporarySupervisor } from "../processes/testing/temporary_supervisor.ts";
import { conninfo } from "./conninfo.ts";
import type { EmbeddedServer } from "./embedded_server.ts";
import { initDataFolder } from "./init_data_folder.ts";
import { preparePublisher } from "./prepare_publisher.ts";
import { prepareSubscriber } from "./prepare_subscriber.ts";
import { serverPlan } from "./server_plan.ts";
import { prepared } from "./testing/prepared.ts";
import { temporaryServer } from "./testing/temporary_server.ts";

const APP = { name: "app", password: "it's \\ odd" };
const READER = { name: "reader", password: "r'eader" };

function open(server: EmbeddedServer, role = APP, database = role.name) {
  return postgres({
    host: "127.0.0.1",
    port: server.port,
    username: role.name,
    password: role.password,
    database,
    max: 1,
    onnotice: () => {},
  });
}

async function refused(server: EmbeddedServer, role: typeof APP, database: string): Promise<void> {
  const sql = open(server, role, database);
  await assert.rejects(async () => await sql`select 1`);
  await sql.end();
}

Deno.test("a cell's own role subscribes to what the control plane's role writes", async () => {
  const { supervisor, remove } = await temporarySupervisor();
  const [publisher, subscriber] = await Promise.all(
    ["postgres-a", "postgres-b"].map(async (name) => {
      const server = await temporaryServer(name);
      assert.equal(await initDataFolder(server), true);
      assert.equal(await initDataFolder(server), false);
      await supervisor.run(serverPlan(server));
      return server;
    }),
  );
  for (let again = 0; again < 2; again++) {
    await preparePublisher(prepared(publisher), APP, [READER]);
    await prepareSubscriber(prepared(subscriber), { ...APP, name: "cell" });
  }
  const [from, to] = [open(publisher), open(subscriber, { ...APP, name: "cell" })];
  for (const statement of CFG_SCHEMA) for (const sql of [from, to]) await sql.unsafe(statement);
  const connection = conninfo({
    host: "127.0.0.1",
    port: publisher.port,
    dbname: APP.name,
    user: READER.name,
    password: READER.password,
  });
  await from`insert into cfg.edges values ('early', 'http://a')`;
  await to.unsafe(
    `create subscription s connection '${connection.replaceAll("'", "''")}'
     publication antiphon_cfg with (origin = none, streaming = parallel)`,
  );
  await from`insert into cfg.edges values ('late', 'http://b')`;
  const end = Date.now() + 20_000;
  let ids: string[] = [];
  while (ids.length < 2 && Date.now() < end) {
    ids = (await to`select id from cfg.edges order by id`).map((row) => row.id);
  }
  assert.deepEqual(ids, ["early", "late"]);

  const reader = open(publisher, READER, APP.name);
  await assert.rejects(async () => await reader`delete from cfg.edges`, /permission denied/);
  await reader.end();
  await refused(publisher, { ...APP, password: "wrong" }, APP.name);
  await refused(subscriber, { ...READER }, "cell");
  const [{ rolsuper }] = await to`select rolsuper from pg_roles where rolname = 'cell'`;
  assert.equal(rolsuper, false);

  await to`drop subscription s`;
  await Promise.all([from.end(), to.end()]);
  await supervisor.stopInOrder([["postgres-b"], ["postgres-a"]]);
  for (const server of [publisher, subscriber]) {
    await Deno.remove(dirname(dirname(server.dataFolder)), { recursive: true });
  }
  await remove();
});

Deno.test("a server outlives its starter's kill -9, is stopped by the next start and keeps its data", async () => {
  const server = await temporaryServer();
  await initDataFolder(server);
  const path = fileURLToPath(new URL("./testing/server_owner.ts", import.meta.url));
  const owner = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", path, JSON.stringify(server)],
    stdout: "piped",
  }).spawn();
  const lines = readLines(owner.stdout);
  assert.equal((await lines.next()).value, "started");
  await prepareSubscriber(prepared(server), APP);
  const sql = open(server);
  await sql`create table kept as select 42 as answer`;
  owner.kill("SIGKILL");
  await owner.status;
  await lines.return(undefined);
  assert.equal((await sql`select answer from kept`)[0].answer, 42);
  await sql.end();

  const { supervisor, remove } = await temporarySupervisor();
  await supervisor.run(serverPlan(server));
  const again = open(server);
  assert.equal((await again`select answer from kept`)[0].answer, 42);
  await again.end();

  // Killed by the supervisor it starts again at once, its backends gone.
  await supervisor.kill("postgres-test");
  await supervisor.start("postgres-test");
  await supervisor.stop("postgres-test");

  // A note whose pid belongs to somebody else does not keep it from starting.
  await Deno.writeTextFile(
    join(server.dataFolder, "postmaster.pid"),
    `${Deno.pid}\n${server.dataFolder}\n`,
  );
  await supervisor.start("postgres-test");
  await supervisor.stopInOrder([["postgres-test"]]);
  await Deno.remove(dirname(dirname(server.dataFolder)), { recursive: true });
  await remove();
});
