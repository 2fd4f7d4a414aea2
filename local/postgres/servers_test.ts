import assert from "node:assert/strict";
import { join } from "node:path";
import postgres from "postgres";
import { CFG_SCHEMA } from "../../protocol/cfg/cfg_schema.ts";
import { conninfo } from "./conninfo.ts";
import { dataFolders } from "./data_folders.ts";
import { preparePublisher } from "./prepare_publisher.ts";
import { prepareSubscriber } from "./prepare_subscriber.ts";
import type { PreparedServer } from "./prepared_server.ts";
import { readPostmaster } from "./read_postmaster.ts";
import { keptPair } from "./testing/kept_pair.ts";
import { untilWritable } from "./until_writable.ts";

const APP = { name: "app", password: "it's \\ odd" };
const READER = { name: "reader", password: "r'eader" };
const never = new AbortController().signal;

function open(server: PreparedServer, role = APP, database = role.name) {
  return postgres({
    host: server.host,
    port: server.port,
    username: role.name,
    password: role.password,
    database,
    max: 1,
    onnotice: () => {},
  });
}

async function refused(server: PreparedServer, role: typeof APP, database: string): Promise<void> {
  const sql = open(server, role, database);
  await assert.rejects(async () => await sql`select 1`);
  await sql.end();
}

Deno.test("a cell's own role subscribes to what the control plane's role writes", async () => {
  await using pair = await keptPair();
  const [publisher, subscriber] = pair.servers;
  await Promise.all(pair.servers.map((server) => untilWritable(server, never)));
  for (let again = 0; again < 2; again++) {
    await preparePublisher(publisher, APP, [READER]);
    await prepareSubscriber(subscriber, { ...APP, name: "cell" });
  }
  const [from, to] = [open(publisher), open(subscriber, { ...APP, name: "cell" })];
  for (const statement of CFG_SCHEMA) for (const sql of [from, to]) await sql.unsafe(statement);
  const connection = conninfo({
    host: publisher.host,
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
});

Deno.test("a server is killed by its name, and outlives its keeper until it is stopped", async () => {
  await using pair = await keptPair();
  const { kept, supervisor, servers } = pair;
  await Promise.all(servers.map((server) => untilWritable(server, never)));
  const [{ pid }] = kept.statuses;
  await kept.kill("a");
  await untilWritable(servers[0], never);
  const [again, other] = kept.statuses;
  assert.deepEqual([again.state, other.state], ["ready", "ready"]);
  assert.notEqual(again.pid, pid);
  await assert.rejects(kept.kill("c"), { code: "not_found" });

  await supervisor.kill("keeper-control");
  await untilWritable(servers[0], never);
  assert.deepEqual((await kept.stopLeftOver()).sort(), ["a", "b"]);
  assert.deepEqual(kept.statuses.map(({ state, pid }) => [state, pid]), [
    ...[["stopped", null], ["stopped", null]],
  ]);
  await kept.kill("a");
});

Deno.test("untilWritable() gives up when it is told to, and after its time", async () => {
  const nowhere: PreparedServer = {
    ...{ name: "nowhere", host: "127.0.0.1", port: 1, superuser: { name: "x", password: "x" } },
  };
  await assert.rejects(untilWritable(nowhere, never, 0), { code: "deadline_exceeded" });
  await assert.rejects(untilWritable(nowhere, AbortSignal.abort()), { name: "AbortError" });
});

Deno.test("readPostmaster() reads a note, and believes none that is torn or of nobody", async () => {
  const folder = await Deno.makeTempDir();
  assert.equal(readPostmaster(folder), undefined);
  const path = join(folder, "postmaster.pid");
  await Deno.writeTextFile(path, "123\n/x\n1700000000\n5432\n\n127.0.0.1\n 1 2\nstandby \n");
  assert.deepEqual(readPostmaster(folder), { pid: 123, started: 1.7e12, state: "standby" });
  await Deno.writeTextFile(path, "123\n/x\n1700000000\n");
  assert.equal(readPostmaster(folder)?.state, "starting");
  await Deno.writeTextFile(path, "");
  assert.equal(readPostmaster(folder), undefined);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("dataFolders() knows where a keeper of root's moves its data", () => {
  const [told, moved] = dataFolders("/root/x/postgres/control", "E39");
  assert.equal(told, "/root/x/postgres/control/E39");
  assert.match(moved, /^\/var\/tmp\/antiphon-[0-9a-f]{12}\/E39$/);
});
