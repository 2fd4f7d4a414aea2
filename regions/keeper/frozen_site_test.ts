import assert from "node:assert/strict";
import { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";
import { assertKept } from "./testing/assert_kept.ts";
import { RowWriter } from "./testing/row_writer.ts";
import { TemporaryCluster } from "./testing/temporary_cluster.ts";

Deno.test("a site that was frozen past its lease confirms nothing after it, and follows", async () => {
  await using cluster = await TemporaryCluster.make();
  await cluster.start();
  await cluster.whole("eu-central");
  const writer = await RowWriter.begin(cluster, "eu-central");
  // A session that is open all the time, and one statement on its way while all stands still.
  const session = cluster.connect("eu-central", 2);
  await session.use(5000, async (sql) => void await sql`select 1`);

  const frozen = performance.now();
  await cluster.keepers.get("eu-central")!.signal("SIGSTOP");
  await cluster.signalServer("eu-central", "SIGSTOP");
  let confirmed = false;
  const late = session.use(30_000, async (sql) => void await sql`insert into kept values (-1)`)
    .then(() => confirmed = true, () => {});
  await writer.firstAt("us-east", frozen);
  const { epoch } = await cluster.reach("us-east", ({ lease }) => lease.held);
  assert.equal(epoch, 2);

  await cluster.signalServer("eu-central", "SIGCONT");
  await cluster.keepers.get("eu-central")!.signal("SIGCONT");
  const told = await cluster.ask("eu-central", "/lease", LeaseAnswer);
  assert.equal(told.held, false);
  await late;
  assert.equal(confirmed, false);
  session.close();
  assert.deepEqual(
    writer.acknowledged.filter(({ site, at }) => {
      return site === "eu-central" && at > frozen + 100;
    }),
    [],
  );
  await cluster.whole("us-east");
  await writer.stop();
  await assertKept(cluster, "us-east", writer);
  await assertKept(cluster, "eu-central", writer);

  // A standby whose data somebody takes away is copied anew.
  await cluster.keepers.get("eu-central")!.signal("SIGTERM");
  await Deno.remove(cluster.dataFolder("eu-central"), { recursive: true });
  await cluster.start("eu-central");
  await cluster.whole("us-east");
  await assertKept(cluster, "eu-central", writer);
});
