import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesInWords } from "./bytes_in_words.ts";
import { clusterPicture } from "./cluster_picture.ts";
import { drawPicture } from "./draw_picture.ts";
import { ClusterWorld } from "./testing/cluster_world.ts";

const SITES = ["eu-central", "us-east"];

function picture(world: ClusterWorld) {
  return clusterPicture(
    "E39",
    SITES.map((site) => ({ site, status: world.away.has(site) ? null : world.status(site) })),
  );
}

Deno.test("clusterPicture() tells a cluster that may lose a region", () => {
  const { health, summary, active, sites } = picture(new ClusterWorld());
  assert.equal(health, "redundant");
  assert.equal(summary, "E39 is active in eu-central; us-east has everything that is acknowledged");
  assert.deepEqual(active, { site: "eu-central", epoch: 3, term: 5 });
  assert.deepEqual(sites.map((it) => [it.active, it.leaseMs]), [[true, 2100], [false, null]]);
});

Deno.test("clusterPicture() tells one that is active alone, and why", () => {
  const world = new ClusterWorld();
  world.away.add("us-east");
  world.degraded = { since: 1, reason: "the standby was away for 3 s" };
  const { health, summary } = picture(world);
  assert.equal(health, "degraded");
  assert.match(summary, /active in eu-central alone: us-east is away; the standby was away/);
});

Deno.test("clusterPicture() tells one that nobody runs, and one that nobody tells of", () => {
  const standby = { site: "us-east", status: new ClusterWorld().status("us-east") };
  const moving = clusterPicture("E39", [{ site: "eu-central", status: null }, standby]);
  assert.equal(moving.health, "moving");
  assert.match(moving.summary, /eu-central is unreachable, us-east is standby/);
  const down = clusterPicture("E39", SITES.map((site) => ({ site, status: null })));
  assert.equal(down.health, "down");
  assert.equal(down.active, null);
});

Deno.test("clusterPicture() believes the later of two who say they are active", () => {
  const [old, fresh] = [new ClusterWorld(), new ClusterWorld()];
  fresh.active = "us-east";
  fresh.term = 6;
  const both = clusterPicture("E39", [
    { site: "eu-central", status: old.status("eu-central") },
    { site: "us-east", status: fresh.status("us-east") },
  ]);
  assert.equal(both.active?.site, "us-east");
  assert.deepEqual(both.sites.map(({ active }) => active), [false, true]);
});

Deno.test("drawPicture() draws the sites and what flows between them", () => {
  const world = new ClusterWorld();
  const lines = drawPicture(picture(world)).split("\n");
  assert.match(lines[0], /^● E39 is active in eu-central/);
  assert.match(lines[3], /● eu-central.*in sync.*○ us-east/);
  assert.match(lines[4], /active, primary.*─► .*standby/);
  assert.match(lines[5], /epoch 3.*0 B, 2 ms.*epoch 3/);
  world.active = "us-east";
  assert.match(drawPicture(picture(world)), /standby .*◄─+.*active, primary/);
  world.away.add("eu-central");
  world.degraded = { since: 1, reason: "it was away" };
  const alone = drawPicture(picture(world));
  assert.match(alone, /^◐ .*\n/);
  assert.match(alone, /unreachable.*◄╌+/);
  assert.match(alone, /\n {2}eu-central: Its keeper does not answer$/);
});

Deno.test("bytesInWords() is short for every size", () => {
  assert.deepEqual([0, 1023, 1536, 80 * 2 ** 30].map(bytesInWords), [
    ...["0 B", "1023 B", "1.5 KiB", "80 GiB"],
  ]);
  fc.assert(fc.property(fc.maxSafeNat(), (bytes) => bytesInWords(bytes).length <= 9));
});
