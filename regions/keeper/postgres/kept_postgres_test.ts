import assert from "node:assert/strict";
import type { ServerObservation } from "../decisions/server_observation.ts";
import { KeptPostgres } from "./kept_postgres.ts";
import { signalServer } from "./testing/signal_server.ts";
import { type TemporaryServer, temporaryServers } from "./testing/temporary_servers.ts";
import { until } from "./testing/until.ts";
import { NOTHING_SEEN } from "../decisions/nothing_seen.ts";

const SITES = ["eu-central", "us-east"] as const;
const INSTALLED = "/usr/lib/postgresql/15/bin";

function seen(server: TemporaryServer, good: (seen: ServerObservation) => boolean) {
  return until(() => server.kept.observe(), good);
}

async function rows({ sql }: TemporaryServer): Promise<number[]> {
  return await sql.use(5000, async (sql) => {
    return (await sql`select n from kept order by n`).map((row) => row.n);
  });
}

function write({ sql }: TemporaryServer, n: number): Promise<unknown> {
  return sql.use(5000, async (sql) => void await sql`insert into kept values (${n})`);
}

for (const binFolder of [null, INSTALLED]) {
  Deno.test({
    name: `a standby is seeded, takes over and is followed: ${binFolder ?? "embedded"}`,
    ignore: binFolder !== null && await Deno.stat(binFolder).then(() => false, () => true),
    fn: () => takeTurns(binFolder),
  });
}

async function takeTurns(binFolder: string | null): Promise<void> {
  await using cluster = await temporaryServers(SITES, binFolder);
  const [a, b] = cluster.servers;
  const { disk, ...nothing } = await a.kept.observe();
  assert.ok(disk > 0);
  assert.deepEqual(nothing, NOTHING_SEEN);
  await a.kept.bootstrap();
  await assert.rejects(a.kept.bootstrap(), { code: "conflict" });
  const primary = await seen(a, ({ writes }) => writes === "ok");
  assert.equal(primary.timeline, 1);
  assert.equal(primary.standby, null);
  await a.sql.use(5000, async (sql) => void await sql`create table kept (n int primary key)`);
  await write(a, 1);

  const progress: number[] = [];
  await b.kept.seed(a.address, ({ copiedBytes }) => progress.push(copiedBytes));
  assert.ok(binFolder !== null || progress.at(-1)! > 10_000_000);
  assert.deepEqual(await rows(b), [1]);
  await seen(b, ({ receiver }) => receiver === "streaming");
  assert.equal((await b.kept.observe()).timeline, 1);
  await seen(a, ({ standby }) => standby?.state === "streaming" && !standby.sync);
  await a.kept.setSynchronous("us-east");
  const sync = await seen(a, ({ standby }) => standby?.sync === true);
  assert.equal(sync.synchronous, "us-east");

  // Frozen, the standby confirms nothing: a commit waits until nobody is named any more.
  await signalServer(b.installation.dataFolder, "SIGSTOP");
  let written = false;
  const waits = write(a, 2).then(() => written = true);
  await seen(a, ({ standby }) => (standby?.silentMs ?? Infinity) > 1000);
  assert.equal(written, false);
  await a.kept.setSynchronous(null);
  await waits;
  await signalServer(b.installation.dataFolder, "SIGCONT");
  await seen(b, ({ receiver }) => receiver === "streaming");
  await a.kept.setSynchronous("us-east");
  await write(a, 3);

  // Killed, its standby takes over on the next timeline and waits for nobody.
  Deno.kill(await a.pid(), "SIGKILL");
  await b.kept.promote(1);
  assert.deepEqual(await rows(b), [1, 2, 3]);
  await write(b, 4);
  const promoted = await b.kept.observe();
  assert.equal(promoted.timeline, 2);
  assert.equal(promoted.synchronous, null);
  assert.equal(promoted.recovery, false);

  // A copied data folder does not bring whom it waited for.
  await a.kept.seed(b.address, () => {});
  assert.equal((await a.kept.observe()).synchronous, null);
  assert.deepEqual(await rows(a), [1, 2, 3, 4]);
  await seen(b, ({ standby }) => standby?.state === "streaming");

  // Handed over cleanly, the primary follows without a new copy.
  await b.kept.stop("fast");
  await a.kept.promote(5);
  const handedOver = await a.kept.observe();
  assert.ok(handedOver.timeline! > 5);
  await write(a, 5);
  await b.kept.startStandby(a.address);
  await seen(b, ({ receiver }) => receiver === "streaming");
  await until(() => rows(b), (found) => found.length === 5);
  const slots = await b.sql.use(5000, async (sql) => await sql`select * from pg_replication_slots`);
  assert.equal(slots.length, 0);
}

Deno.test("a server outlives its keeper and is adopted; a seed can be broken off", async () => {
  await using cluster = await temporaryServers(SITES);
  const [a, b] = cluster.servers;
  await a.kept.bootstrap();
  const pid = await a.pid();
  await a.kept.leave();
  const { installation } = a;
  const next = new KeptPostgres({
    installation,
    site: "eu-central",
    peer: "us-east",
    now: () => performance.now(),
  });
  assert.equal((await next.observe()).recovery, false);
  await next.startPrimary(null);
  assert.equal(await a.pid(), pid);

  // Killed, it starts again though its pid file is left, and recovers.
  Deno.kill(pid, "SIGKILL");
  await until(() => next.observe(), ({ running }) => !running);
  await next.startPrimary("us-east");
  assert.equal((await next.observe()).synchronous, "us-east");
  await next.stop("fast");
  assert.equal((await next.observe()).running, false);
  await next.startPrimary(null);
  assert.equal((await next.observe()).synchronous, null);
  await next.leave();

  let broken = false;
  const seed = b.kept.seed(a.address, () => {
    if (!broken) b.kept.stop("immediate");
    broken = true;
  });
  await assert.rejects(seed);
  assert.equal((await b.kept.observe()).hasData, false);
});
