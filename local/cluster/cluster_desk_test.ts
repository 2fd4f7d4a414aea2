import assert from "node:assert/strict";
import { describeAudit } from "./describe_audit.ts";
import { describeDrill } from "./describe_drill.ts";
import { describeEnd, describeStep } from "./describe_move.ts";
import { ClusterWorld } from "./testing/cluster_world.ts";
import { deskDouble } from "./testing/desk_double.ts";

const BY = "anna";

/** A desk before one cluster, on a clock that goes on only while somebody waits. */
async function openDesk() {
  const world = new ClusterWorld();
  return Object.assign(await deskDouble([world], true), { world });
}

Deno.test("ClusterDesk moves a cluster and tells each step", async () => {
  await using stage = await openDesk();
  const seen: string[] = [];
  const request = { to: "us-east", rehearse: false, requestedBy: BY };
  const end = await stage.desk.move("E39", request, (now) => seen.push(describeStep(now)));
  assert.equal(end.state, "done");
  assert.equal((await stage.desk.view("E39")).active?.site, "us-east");
  assert.match(seen[0], /0\.00 s {2}Checking/);
  assert.equal(seen.length, 5);
  assert.match(
    describeEnd(end).join("\n"),
    /✓ lag.*\nE39 moved from eu-central to us-east, epoch 3 to 4; nobody was active for 300 ms\.$/,
  );
});

Deno.test("ClusterDesk only reports when it rehearses, and says why a move is refused", async () => {
  await using stage = await openDesk();
  const request = { to: "us-east", rehearse: true, requestedBy: BY };
  const could = await stage.desk.move("E39", request);
  assert.match(describeEnd(could).at(-1)!, /could move .* now; nothing was done/);
  stage.world.refusal = "The standby is 40 MiB behind. Wait until it has caught up.";
  const refused = await stage.desk.move("E39", request);
  assert.deepEqual(describeEnd(refused), [
    "  ✗ lag      The standby is 40 MiB behind. Wait until it has caught up.",
    "E39 does not move from eu-central to us-east: The standby is 40 MiB behind. Wait until it " +
    "has caught up.",
  ]);
  assert.equal(stage.world.active, "eu-central");
});

Deno.test("ClusterDesk knows its clusters and their sites", async () => {
  await using stage = await openDesk();
  const request = { rehearse: false, requestedBy: BY };
  await assert.rejects(
    stage.desk.move("E39", { ...request, to: "mars" }),
    /no site mars; it has eu-central, us-east/,
  );
  await assert.rejects(
    async () => await stage.desk.view("E40"),
    /no cluster E40; there are E39, C14/,
  );
});

Deno.test("ClusterDesk asks the next keeper when one is away", async () => {
  await using stage = await openDesk();
  stage.world.away.add("eu-central");
  stage.world.patience = 1000;
  const request = { to: "us-east", rehearse: true, requestedBy: BY };
  assert.equal((await stage.desk.move("E39", request)).state, "done");
  stage.world.away.add("us-east");
  await assert.rejects(stage.desk.move("E39", request), { code: "unavailable" });
  assert.equal((await stage.desk.view("E39")).health, "down");
});

Deno.test("a drill kills the active site, measures, brings it back and is kept", async () => {
  await using stage = await openDesk();
  const said: string[] = [];
  const report = await stage.desk.drill("E39", BY, (line) => said.push(line));
  assert.deepEqual(stage.calls, [
    "kill keeper-eu-central",
    "kill cell-E39-eu-central",
    "kill postgres-E39-eu-central",
    "start keeper-eu-central",
    "start cell-E39-eu-central",
  ]);
  assert.deepEqual([report.from, report.to, report.epochAfter], ["eu-central", "us-east", 4]);
  assert.ok(report.detectedMs <= report.promotedMs);
  assert.equal(report.answeredMs, null);
  assert.match(describeDrill(report), /epoch 3 to 4:\n {2}the other site had the lease +\d+ ms/);
  const { lines, away } = await stage.desk.audit("E39");
  assert.deepEqual(away, []);
  // By time: the world's clock is ahead.
  assert.deepEqual(lines.map(({ event }) => event).sort(), ["drill", "promoted"]);
  assert.match(
    describeAudit(lines.find(({ event }) => event === "drill")!),
    /drill from eu-c.*anna/,
  );
  assert.match(describeAudit(lines.find(({ event }) => event === "promoted")!), /tookMs 130/);
});

Deno.test("a drill is refused where it would be an outage", async () => {
  await using stage = await openDesk();
  stage.world.away.add("us-east");
  stage.world.degraded = { since: 1, reason: "it was away" };
  await assert.rejects(stage.desk.drill("E39", BY, () => {}), {
    code: "conflict",
    message: /would be an outage now\. E39 is active in eu-central alone/,
  });
  assert.deepEqual(stage.calls, []);
});

Deno.test("a drill brings back what it killed also when nobody takes over", async () => {
  await using stage = await openDesk();
  stage.world.patience = 100_000;
  await assert.rejects(stage.desk.drill("E39", BY, () => {}), { code: "deadline_exceeded" });
  assert.deepEqual(stage.calls.slice(3), ["start keeper-eu-central", "start cell-E39-eu-central"]);
});

Deno.test("a rolling restart starts each cell while it is the standby, and the edge last", async () => {
  await using stage = await openDesk();
  const restarted = await stage.desk.restart("E39", BY, () => {});
  assert.deepEqual(restarted, ["cell-E39-us-east", "cell-E39-eu-central", "edge"]);
  const cells = restarted.slice(0, 2).flatMap((name) => [`stop ${name}`, `start ${name}`]);
  assert.deepEqual(stage.calls, [...cells, "renew edge"]);
  assert.deepEqual([stage.world.active, stage.world.epoch], ["eu-central", 5]);
  stage.world.refusal = "not now";
  await assert.rejects(stage.desk.restart("E39", BY, () => {}), /did not move to us-east: not now/);
});
