import assert from "node:assert/strict";
import { z } from "zod";
import { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import { until } from "./postgres/testing/until.ts";
import { assertKept } from "./testing/assert_kept.ts";
import { RowWriter } from "./testing/row_writer.ts";
import { TemporaryCluster } from "./testing/temporary_cluster.ts";

const Audit = z.object({ items: z.array(KeeperAudit) });

Deno.test("a keeper alone may be killed or replaced, a server alone is started where it is", async () => {
  // A keeper that starts slowly is still in time.
  await using cluster = await TemporaryCluster.make({ ttlMs: 20_000 });
  await cluster.start();
  const before = await cluster.whole("eu-central");
  const keeper = cluster.keepers.get("eu-central")!;
  const writer = await RowWriter.begin(cluster, "eu-central");
  const pid = await cluster.postmaster("eu-central");

  for (const signal of ["SIGKILL", "SIGUSR2"] as const) {
    await keeper.signal(signal);
    await keeper.start();
    const adopted = await cluster.whole("eu-central");
    assert.equal(adopted.epoch, before.epoch);
    assert.equal(await cluster.postmaster("eu-central"), pid);
    await writer.firstAt("eu-central", performance.now());
  }
  assert.deepEqual(new Set(writer.acknowledged.map(({ site }) => site)), new Set(["eu-central"]));

  const { lease: { term } } = await cluster.whole("eu-central");
  Deno.kill(pid, "SIGKILL");
  // Its backends confirm a moment longer.
  const audit = () => cluster.ask("eu-central", "/audit", Audit);
  await until(
    audit,
    ({ items }) => items.some(({ event }) => event === "server-restarted"),
    60_000,
  );
  await writer.firstAt("eu-central", performance.now());
  const again = await cluster.whole("eu-central");
  assert.equal(again.epoch, before.epoch);
  assert.equal(again.lease.term, term);
  assert.notEqual(await cluster.postmaster("eu-central"), pid);
  await writer.stop();
  await assertKept(cluster, "eu-central", writer);

  // Asked to end, a keeper takes its server with it and lets the other site go on at once.
  await keeper.signal("SIGTERM");
  const { epoch } = await cluster.reach("us-east", ({ lease }) => lease.held);
  assert.equal(epoch, before.epoch! + 1);
  await assertKept(cluster, "us-east", writer);
  await keeper.start();
  await cluster.whole("us-east");
  const { items: later } = await cluster.ask("eu-central", "/audit", Audit);
  assert.equal(later.filter(({ event }) => event === "seeded").length, 0);
});
