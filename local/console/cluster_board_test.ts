import assert from "node:assert/strict";
import { ClusterWorld } from "../cluster/testing/cluster_world.ts";
import { deskDouble } from "../cluster/testing/desk_double.ts";
import { ClusterBoard, type ClusterProgress } from "./cluster_board.ts";
import { temporaryConsole } from "./testing/temporary_console.ts";

async function openBoard() {
  const world = new ClusterWorld();
  const stage = await deskDouble([world, new ClusterWorld("C14")], true);
  const told: ClusterProgress[] = [];
  return Object.assign(stage, {
    world,
    told,
    board: new ClusterBoard(stage.desk, (progress) => told.push(progress)),
  });
}

Deno.test("ClusterBoard moves a cluster, tells line by line, and one thing at a time", async () => {
  await using stage = await openBoard();
  stage.board.start("E39", "switch", "us-east");
  assert.throws(() => stage.board.start("E39", "drill", "us-east"), { code: "conflict" });
  stage.board.start("C14", "rehearse", "us-east");
  assert.throws(() => stage.board.start("X1", "drill", "us-east"), { code: "not_found" });
  await stage.board.idle();
  const lines = stage.told.filter(({ clusterId }) => clusterId === "E39");
  assert.match(lines[0].line, /Checking/);
  assert.deepEqual([lines.at(-1)!.ended, stage.world.active], ["done", "us-east"]);
  assert.ok(lines.slice(0, -1).every(({ ended }) => ended === null));
  const [picture] = await stage.board.refresh();
  assert.equal(picture.active?.site, "us-east");
  assert.match((await stage.board.history("E39"))[0], /us-east was promoted/);
});

Deno.test("ClusterBoard tells why something did not go", async () => {
  await using stage = await openBoard();
  stage.world.refusal = "The standby is too far behind";
  stage.board.start("E39", "switch", "us-east");
  await stage.board.idle();
  assert.match(stage.told.at(-1)!.line, /too far behind/);
  stage.world.degraded = { since: 1, reason: "it was away" };
  stage.world.away.add("us-east");
  stage.board.start("E39", "drill", "us-east");
  await stage.board.idle();
  assert.match(stage.told.at(-1)!.line, /would be an outage/);
  assert.equal(stage.told.at(-1)!.ended, "failed");
});

Deno.test("the console starts what its buttons mean and gives a cluster's history", async () => {
  await using stage = await openBoard();
  await using page = temporaryConsole(stage.desk);
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${page.url}/api/clusters/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
    return response.status;
  };
  assert.equal(await post("E39/rehearse", { to: "us-east" }), 202);
  assert.equal(await post("E40/rehearse", { to: "us-east" }), 404);
  assert.equal(await post("E39/rehearse", { to: "" }), 422);
  assert.equal(await post("E39/dance", { to: "us-east" }), 404);
  const history = await fetch(`${page.url}/api/clusters/E39/history`);
  assert.deepEqual(await history.json(), { lines: [] });
});
