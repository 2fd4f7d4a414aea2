import assert from "node:assert/strict";
import { z } from "zod";
import { runningPostmaster } from "./postgres/running_postmaster.ts";
import { until } from "./postgres/testing/until.ts";
import { assertKept } from "./testing/assert_kept.ts";
import { RowWriter } from "./testing/row_writer.ts";
import { TemporaryCluster } from "./testing/temporary_cluster.ts";

const Health = z.object({ soles: z.record(z.string(), z.object({ accepting: z.boolean() })) });

Deno.test("a site that reaches no majority stops, and goes on when it does again", async () => {
  await using cluster = await TemporaryCluster.make();
  await cluster.start();
  const { epoch } = await cluster.whole("eu-central");
  const writer = await RowWriter.begin(cluster, "eu-central");
  // The standby's server runs on without its keeper: nobody can take over.
  await Promise.all(
    (["us-east", "control"] as const).map((site) => cluster.keepers.get(site)!.signal("SIGKILL")),
  );
  await cluster.reach("eu-central", ({ lease, role }) => !lease.held && role === "stopped");
  await writer.stop();

  await cluster.start("control", "us-east");
  const again = await until(
    async () =>
      await Promise.all((["eu-central", "us-east"] as const).map((site) => cluster.status(site))),
    (all) => all.some(({ lease }) => lease.held),
  );
  const active = again.find(({ lease }) => lease.held)!;
  assert.ok(active.epoch! >= epoch!);
  await assertKept(cluster, active.site as "eu-central" | "us-east", writer);
});

Deno.test("a sole server is made, outlives its keeper and is started again", async () => {
  await using cluster = await TemporaryCluster.make();
  const keeper = cluster.keepers.get("control")!;
  const folder = cluster.dataFolder("control", "control-plane");
  const accepting = () =>
    until(
      async () => Health.parse(await (await fetch(`${cluster.urlOf("control")}/health`)).json()),
      ({ soles }) => soles["control-plane"].accepting,
    );
  await cluster.start("control");
  await accepting();
  const { pid } = (await runningPostmaster(folder))!;
  await keeper.signal("SIGKILL");
  await keeper.start();
  await accepting();
  assert.equal((await runningPostmaster(folder))!.pid, pid);
  Deno.kill(pid, "SIGKILL");
  await until(() => runningPostmaster(folder), (it) => it?.status === "ready" && it.pid !== pid);
  await accepting();
  await keeper.signal("SIGTERM");
  assert.equal(await runningPostmaster(folder), undefined);
});
