import assert from "node:assert/strict";
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
