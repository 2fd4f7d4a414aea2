import assert from "node:assert/strict";
import { z } from "zod";
import { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import { SwitchOver } from "../../protocol/keeper/switch_over.ts";
import { until } from "./postgres/testing/until.ts";
import { assertKept } from "./testing/assert_kept.ts";
import { RowWriter } from "./testing/row_writer.ts";
import { type DataSite, TemporaryCluster } from "./testing/temporary_cluster.ts";

const Audit = z.object({ items: z.array(KeeperAudit) });

async function switchOver(cluster: TemporaryCluster, to: DataSite): Promise<SwitchOver> {
  // The keeper that is not active passes it on, and finds it again.
  const body = { to, requestedBy: "a test" };
  const { id } = await cluster.ask(to, "/switch-overs", SwitchOver, body);
  return await until(
    () => cluster.ask(to, `/switch-overs/${id}`, SwitchOver),
    ({ state }) => state === "done" || state === "failed" || state === "refused",
  );
}

async function events(cluster: TemporaryCluster, site: DataSite): Promise<string[]> {
  return (await cluster.ask(site, "/audit", Audit)).items.map(({ event }) => event);
}

Deno.test("a killed site is taken over with nothing lost, comes back by itself, and is switched to", async () => {
  await using cluster = await TemporaryCluster.make();
  await cluster.start();
  const { epoch } = await cluster.whole("eu-central");
  assert.equal(epoch, 1);

  const writer = await RowWriter.begin(cluster, "eu-central");
  const kill = performance.now();
  await cluster.kill("eu-central");
  await writer.firstAt("us-east", kill);
  await writer.stop();
  const promoted = await cluster.reach("us-east", ({ lease }) => lease.held);
  assert.equal(promoted.epoch, 2);
  assert.deepEqual(promoted.inSync, ["us-east"]);
  await assertKept(cluster, "us-east", writer);

  await cluster.start("eu-central");
  const back = await cluster.whole("us-east");
  assert.equal(back.epoch, 2);
  assert.equal(back.degraded, null);
  assert.ok((await events(cluster, "eu-central")).includes("seeded"));
  assert.ok((await events(cluster, "us-east")).includes("restored"));

  const more = await RowWriter.begin(cluster, "us-east");
  const asked = performance.now();
  const move = await switchOver(cluster, "eu-central");
  assert.equal(move.state, "done", move.problem ?? "");
  assert.deepEqual([move.from, move.to, move.epochAfter], ["us-east", "eu-central", 3]);
  await more.firstAt("eu-central", asked);
  await more.stop();
  await cluster.whole("eu-central");
  await assertKept(cluster, "eu-central", more);

  // And back again: neither side needed a new copy.
  const home = await switchOver(cluster, "us-east");
  assert.equal(home.state, "done", home.problem ?? "");
  await cluster.whole("us-east");
  await assertKept(cluster, "us-east", more);
  for (const [site, seeds] of [["eu-central", 1], ["us-east", 1]] as const) {
    const found = await events(cluster, site);
    assert.equal(found.filter((event) => event === "seeded").length, seeds, site);
    assert.ok(found.includes("rejoined"), site);
  }

  // What cannot be done is refused with a reason.
  await assert.rejects(
    cluster.ask("us-east", "/switch-overs", SwitchOver, { to: "us-east", requestedBy: "a test" }),
    { code: "state_not_allowed", message: /active already/ },
  );
  const rehearsed = await cluster.ask("us-east", "/switch-overs", SwitchOver, {
    to: "eu-central",
    rehearse: true,
    requestedBy: "a test",
  });
  assert.equal(rehearsed.state, "done");
  assert.ok(rehearsed.checks.length > 4);
  await cluster.reach("us-east", ({ lease }) => lease.held);
});
