import assert from "node:assert/strict";
import { z } from "zod";
import { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import { KeeperStatus } from "../../protocol/keeper/keeper_status.ts";
import { SwitchOver } from "../../protocol/keeper/switch_over.ts";
import { until } from "./postgres/testing/until.ts";
import { RowWriter } from "./testing/row_writer.ts";
import { TemporaryCluster } from "./testing/temporary_cluster.ts";

const Audit = z.object({ items: z.array(KeeperAudit) });
const FORCED = { to: "us-east", force: "accept-loss", requestedBy: "a test" };

Deno.test("without its standby a primary goes on and says so; only by force does that one return alone", async () => {
  await using cluster = await TemporaryCluster.make();
  await cluster.start();
  await cluster.whole("eu-central");
  const writer = await RowWriter.begin(cluster, "eu-central");

  const lost = performance.now();
  await cluster.kill("us-east");
  const alone = await cluster.reach("eu-central", ({ degraded }) => degraded !== null);
  assert.match(alone.degraded!.reason, /away/);
  assert.deepEqual(alone.inSync, ["eu-central"]);
  await writer.firstAt("eu-central", lost);
  await writer.firstAt("eu-central", performance.now());
  await writer.stop();
  const { items } = await cluster.ask("eu-central", "/audit", Audit);
  assert.ok(items.some(({ event }) => event === "degraded"));

  // What the standby has was overtaken: it waits, also when nobody else is left.
  await cluster.keepers.get("eu-central")!.signal("SIGSTOP");
  await cluster.signalServer("eu-central", "SIGSTOP");
  await cluster.start("us-east");
  const ask = () => cluster.ask("us-east", "/switch-overs", SwitchOver, FORCED);
  const waiting = await cluster.reach("us-east", ({ role }) => role === "standby");
  assert.equal(waiting.lease.held, false);
  const refused = await until(
    () =>
      cluster.ask("us-east", "/switch-overs", SwitchOver, { ...FORCED, rehearse: true })
        .then((it) => it.state, (error: Error) => error.message),
    (words) => !/holds it|majority/.test(words),
  );
  assert.equal(refused, "done");
  await assert.rejects(
    cluster.ask("us-east", "/switch-overs", SwitchOver, { ...FORCED, force: undefined }),
    { code: "state_not_allowed", message: /forced promotion|is active/ },
  );

  const { id } = await ask();
  const forced = await until(
    () => cluster.ask("us-east", `/switch-overs/${id}`, SwitchOver),
    ({ state }) => state === "done" || state === "failed",
  );
  assert.equal(forced.state, "done", forced.problem ?? "");
  const promoted = await cluster.reach("us-east", ({ lease }) => lease.held);
  assert.equal(promoted.epoch, 2);
  const { items: record } = await cluster.ask("us-east", "/audit", Audit);
  const entry = record.find(({ event }) => event === "forced-promotion")!;
  assert.equal(entry.by, "a test");
  assert.match(String(entry.facts.lost), /bytes/);

  // The other side thaws, and gives up what it had alone.
  await cluster.signalServer("eu-central", "SIGCONT");
  await cluster.keepers.get("eu-central")!.signal("SIGCONT");
  await cluster.whole("us-east");
});

Deno.test("nothing is forced while a site holds the lease", async () => {
  await using cluster = await TemporaryCluster.make();
  await cluster.start();
  await cluster.whole("eu-central");
  await assert.rejects(
    cluster.ask("eu-central", "/switch-overs", SwitchOver, FORCED),
    { code: "state_not_allowed", message: /another site holds it/ },
  );

  // A second keeper of the same name, on another machine by mistake, hears so and does nothing.
  await using double = await cluster.startDouble("eu-central");
  const told = await until(
    () => double.ask("", KeeperStatus),
    ({ problem }) => /another keeper goes by the name/.test(problem ?? ""),
  );
  assert.equal(told.lease.held, false);
  assert.equal(told.role, "stopped");
  const { items } = await double.ask("/audit", Audit);
  assert.ok(items.some(({ event }) => event === "duplicate-keeper"));
  const { lease, problem } = await cluster.whole("eu-central");
  assert.equal(lease.term, 1);
  assert.equal(problem, null);
});
