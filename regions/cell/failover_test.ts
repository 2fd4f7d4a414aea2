import assert from "node:assert/strict";
import { verifyClusterNotice } from "../../protocol/cluster_notice/verify_cluster_notice.ts";
import { emptyTestDatabase } from "../testing/empty_test_database.ts";
import { postgresPair } from "../testing/postgres_pair.ts";
import { testCluster } from "../testing/test_process.ts";
import { waitUntil } from "../testing/wait_until.ts";
import { hashState } from "../tenants/snapshot/hash_state.ts";

const presence = (agentId: string) =>
  ({ type: "presence", agentId, edgeId: "edge", connected: true }) as const;

Deno.test("CellProcess takes over on the standby's server, warm, with all that was acknowledged", async () => {
  await using pair = await postgresPair();
  await using cluster = await testCluster();
  const { lease } = cluster;
  lease.holder = "eu";
  const eu = cluster.process({ databaseUrl: pair.primary.url, site: "eu" });
  const us = cluster.process({ databaseUrl: pair.standby.url, site: "us" });
  const taken = us.start();
  await eu.start();
  await pair.synchronous(true);
  const ids = [await cluster.tenant(eu), await cluster.tenant(eu, "zone")];
  await waitUntil(() => us.status().warm && us.status().tenants === 2);
  for (const id of ids) {
    const runner = (await eu.cell!.tenants.get(id))!;
    for (const agentId of ["anna", "ben", "cleo"]) await runner.submit(presence(agentId));
  }
  await waitUntil(async () => {
    const [{ equal }] = await pair.primary.ask(`
      select bool_and(replay_lsn >= pg_current_wal_lsn()) as equal from pg_stat_replication`);
    return equal === true;
  });
  const before = await Promise.all(
    ids.map(async (id) => hashState((await eu.cell!.tenants.get(id))!.state)),
  );

  // The active region goes away.
  const lost = eu.lost();
  lease.holder = null;
  await pair.primary.stop("immediate");
  await lost;
  assert.equal(eu.phase, "ended");
  const refused = await eu.fetch(new Request("http://cell/v1/queues"));
  assert.equal(refused.status, 421);
  await pair.promote();
  lease.holder = "us";
  lease.epoch = 2;
  await taken;
  assert.equal(us.cell!.options.epoch, 2);
  const after = await Promise.all(
    ids.map(async (id) => hashState((await us.cell!.tenants.get(id))!.state)),
  );
  assert.deepEqual(after, before);
  const active = cluster.log.map((line) => JSON.parse(line))
    .filter((line) => line.event === "cell.active").at(-1);
  assert.equal(active.warm, 2);
  const runner = (await us.cell!.tenants.get(ids[0]))!;
  await runner.submit(presence("anna"));
  const health = await (await us.fetch(new Request("http://cell/health"))).json();
  assert.equal(health.active, true);
  assert.equal(health.epoch, 2);
});

Deno.test("CellProcess whose lease ended acknowledges nothing, though its commit went through", async () => {
  await using pair = await postgresPair();
  await using cluster = await testCluster();
  const { lease } = cluster;
  lease.holder = "eu";
  const eu = cluster.process({ databaseUrl: pair.primary.url, site: "eu" });
  await eu.start();
  const tenantId = await cluster.tenant(eu);
  const cell = eu.cell!;
  const runner = (await cell.tenants.get(tenantId))!;
  const { seq } = runner.state;
  // Commits wait for a standby that does not answer.
  await pair.synchronous(true);
  await pair.standby.stop("immediate");
  const submitted = runner.submit(presence("anna"));
  submitted.catch(() => {});
  const waiting = async () => {
    const [{ count }] = await pair.primary.ask(`
      select count(*)::integer as count from pg_stat_activity
      where wait_event = 'SyncRep' and application_name = 'antiphon-log'`);
    return count === 1;
  };
  await waitUntil(waiting);
  const lost = eu.lost();
  lease.holder = "us";
  lease.epoch = 2;
  assert.equal(await lost, "lease");
  assert.equal(eu.phase, "ended");
  // The commit is let go, and stands in this server's log.
  await pair.synchronous(false);
  await assert.rejects(submitted, { code: "database_unavailable" });
  const cellLog = `select count(*)::integer as count from cell.events
    where tenant_id = '${tenantId}' and seq > ${seq}`;
  assert.equal((await pair.primary.ask(cellLog, "cell"))[0].count, 1);
  await assert.rejects(runner.submit(presence("ben")));
  const refused = await eu.fetch(new Request("http://cell/v1/queues"));
  assert.equal(refused.status, 421);
  const { data } = await refused.json();
  const notice = await verifyClusterNotice(data.notice, {
    ...{ clusterId: "E39", keys: [cluster.key.publicKey], now: Date.now },
  });
  assert.deepEqual(notice, { clusterId: "E39", epoch: 2, site: "us", url: "http://cell.us" });
});

Deno.test("CellProcess ends when nobody renews its lease in time", async () => {
  await using database = await emptyTestDatabase();
  await using cluster = await testCluster();
  cluster.lease.holder = "eu";
  cluster.lease.validMs = 900;
  const eu = cluster.process({ databaseUrl: database.url, site: "eu" });
  await eu.start();
  cluster.lease.silent = true;
  assert.equal(await eu.lost(), "lease");
  assert.equal((await eu.fetch(new Request("http://cell/v1/queues"))).status, 421);
});

Deno.test("CellProcess holds everything while it is drained, and goes on when nobody took over", async () => {
  await using database = await emptyTestDatabase();
  await using cluster = await testCluster();
  cluster.lease.holder = "eu";
  const eu = cluster.process({ databaseUrl: database.url, site: "eu" });
  await eu.start();
  const tenantId = await cluster.tenant(eu);
  const runner = (await eu.cell!.tenants.get(tenantId))!;
  const drain = async (forMs: unknown, token: Promise<string>) =>
    await eu.fetch(
      new Request("http://cell/internal/drain", {
        method: "POST",
        headers: { authorization: `Bearer ${await token}`, "content-type": "application/json" },
        body: JSON.stringify({ forMs }),
      }),
    );
  assert.equal((await drain(500, cluster.tokens.plane("cell:E39"))).status, 401);
  assert.equal((await drain(-1, cluster.tokens.keeper("cell:E39"))).status, 422);
  const before = runner.submit(presence("anna"));
  const drained = await drain(60_000, cluster.tokens.keeper("cell:E39"));
  assert.equal(drained.status, 200);
  await before;
  let committed = false;
  const held = runner.submit(presence("ben")).then(() => committed = true);
  const refused = await eu.fetch(new Request("http://cell/v1/queues"));
  assert.equal(refused.status, 421);
  assert.deepEqual((await refused.json()).data, undefined);
  const health = await (await eu.fetch(new Request("http://cell/health"))).json();
  assert.deepEqual([health.active, health.phase, committed], [true, "draining", false]);
  // Another drain replaces the first.
  await drain(1, cluster.tokens.keeper("cell:E39"));
  await held;
  assert.equal((await eu.fetch(new Request("http://cell/v1/queues"))).status, 401);
});

Deno.test("CellProcess keeps a PoP's socket while it stands by, and calls it when it is the cluster", async () => {
  await using database = await emptyTestDatabase();
  await using cluster = await testCluster();
  cluster.lease.holder = "eu";
  const first = cluster.process({ databaseUrl: database.url, site: "eu" });
  await first.start();
  await cluster.tenant(first);
  const second = cluster.process({ databaseUrl: database.url, site: "eu" });
  const active = second.start();
  await waitUntil(() => second.status().warm);
  await second.placement.refresh();
  await using server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    second.fetch,
  );
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/internal/pop-link`);
  const frames: Record<string, unknown>[] = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const hello = async () =>
    socket.send(JSON.stringify({
      ...{ type: "hello", version: 1, popId: "FRA", bootId: crypto.randomUUID() },
      token: await cluster.tokens.pop("cell:E39"),
      ...{ liveCalls: [], softphones: [] },
    }));
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  socket.onopen = () => open();
  await opened;
  await hello();
  await waitUntil(() => frames.length === 1);
  assert.deepEqual(frames[0], { type: "standby", notice: null });
  await first.stop();
  await active;
  await waitUntil(() => frames.length === 2);
  assert.deepEqual(frames[1], { type: "come" });
  await hello();
  await waitUntil(() => frames.length === 3);
  assert.equal(frames[2].type, "welcome");
  const closed = new Promise((resolve) => socket.onclose = resolve);
  socket.close();
  await closed;
});
