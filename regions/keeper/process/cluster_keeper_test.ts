import assert from "node:assert/strict";
import { until } from "../postgres/testing/until.ts";
import { ClusterKeeperDouble } from "./testing/cluster_keeper_double.ts";

Deno.test("a keeper makes its cluster, remembering before it acts, and holds the lease", async () => {
  const double = new ClusterKeeperDouble();
  const { keeper, server } = double;
  assert.equal(keeper.answerLease().held, false);
  keeper.start();
  const answer = await until(
    () => Promise.resolve(keeper.answerLease()),
    ({ held }) => held,
  );
  assert.deepEqual(answer.active, { site: "eu-central", epoch: 1 });
  assert.ok(answer.validMs > 0 && answer.validMs <= 1000);
  assert.deepEqual(server.asked, ["bootstrap"]);
  assert.equal(double.order[0], "remembers none after 0 calls");
  assert.equal(double.memory!.data, "primary");
  assert.deepEqual(double.audit.map(({ event }) => event), ["lease-acquired", "bootstrapped"]);

  const refused = await keeper.request({
    id: crypto.randomUUID(),
    to: "us-east",
    rehearse: false,
    requestedBy: "a test",
  });
  assert.equal(refused!.state, "refused");
  assert.match(refused!.problem!, /does not stream/);

  await keeper.stop();
  assert.equal(keeper.answerLease().held, false);
  assert.equal(server.asked.at(-1), "stop fast");
  assert.equal(keeper.picture.lease.mine, null);
  assert.equal(keeper.picture.lease.releasing, false);
});

Deno.test("a keeper that cannot remember does nothing that it would have to", async () => {
  const double = new ClusterKeeperDouble();
  double.forgets = true;
  double.keeper.start();
  await until(
    () => Promise.resolve(double.keeper.picture.state.problem),
    (problem) => /state folder cannot be written/.test(problem ?? ""),
  );
  assert.deepEqual(double.server.asked, []);
  await double.keeper.leave();
});

Deno.test("an operation that fails is told and tried again", async () => {
  const double = new ClusterKeeperDouble();
  double.server.failing.add("bootstrap");
  double.keeper.start();
  await until(
    () => Promise.resolve(double.keeper.picture.state.problem),
    (problem) => problem === "bootstrap failed: bootstrap fails",
  );
  double.server.failing.clear();
  await until(() => Promise.resolve(double.keeper.answerLease()), ({ held }) => held);
  assert.equal(double.keeper.picture.state.problem, null);
  await double.keeper.leave();
});

Deno.test("a keeper without witnesses never acts", async () => {
  const asked: string[] = [];
  const double = new ClusterKeeperDouble({
    askWitness: (site) => {
      asked.push(site);
      return Promise.resolve(null);
    },
  });
  double.keeper.start();
  await until(() => Promise.resolve(asked.length), (count) => count > 12);
  assert.deepEqual(double.server.asked, []);
  assert.equal(double.keeper.answerLease().held, false);
  await double.keeper.leave();
});
