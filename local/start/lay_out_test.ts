import assert from "node:assert/strict";
import { makeFolders } from "../layout/folders.ts";
import { keeperFileOf } from "../layout/keeper_file_of.ts";
import { keptServersOf } from "../layout/kept_servers_of.ts";
import { portPlan } from "../layout/port_plan.ts";
import { cellPlan, edgePlan, keeperFilePath, keeperPlan, popPlan } from "../layout/room_plans.ts";
import { KeeperFile } from "../../protocol/keeper/keeper_file.ts";
import { layOut } from "./lay_out.ts";
import type { PlatformOptions } from "./platform_options.ts";

async function laidOut(options: PlatformOptions) {
  const root = await Deno.makeTempDir();
  const layout = await layOut(await makeFolders(root), portPlan(7000), options);
  return { layout, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

const away = (n: number) => ({
  host: `10.91.${n}.1`,
  prefix: ["ip", "netns", "exec", `site-${n}`],
});

Deno.test("layOut() puts each site's parts at its address, run by its command", async () => {
  await using laid = await laidOut({
    sites: { "eu-central": away(1), "us-east": away(2), control: away(3) },
    placement: { NYC: "control" },
    keeperTimes: { ttlMs: 4000 },
  });
  const { layout } = laid;
  const file = KeeperFile.parse(
    JSON.parse(await Deno.readTextFile(keeperFilePath(layout, "us-east"))),
  );
  assert.deepEqual(file.listen, { hostname: "10.91.2.1", port: 7051 });
  assert.deepEqual(file.witnesses.map(({ url }) => url), [
    ...["http://10.91.1.1:7050", "http://10.91.2.1:7051", "http://10.91.3.1:7052"],
  ]);
  assert.deepEqual(file.postgres.networks, ["10.91.1.1/32", "10.91.2.1/32", "10.91.3.1/32"]);
  assert.equal(file.times.ttlMs, 4000);
  const [e39, c14] = file.servers;
  assert.ok(e39.kind === "cluster" && c14.kind === "cluster");
  assert.deepEqual([e39.home, c14.home], ["eu-central", "us-east"]);
  assert.deepEqual(e39.sites.map((it) => [it.cellUrl, it.postgres.port]), [
    ["http://10.91.1.1:7010", 7002],
    ["http://10.91.2.1:7011", 7004],
  ]);
  assert.deepEqual(keeperFileOf(layout, "control").servers.map(({ kind }) => kind), ["sole"]);

  const { command, args, env } = cellPlan(layout, "E39", "us-east");
  assert.deepEqual([command, ...args.slice(0, 3)], ["ip", "netns", "exec", "site-2"]);
  assert.equal(env.LEASE, "keeper:http://10.91.2.1:7051");
  assert.deepEqual([env.SITE, env.REGION, env.HOSTNAME], ["us-east", "eu-central", "10.91.2.1"]);
  assert.deepEqual(Object.keys(JSON.parse(env.PEER_CELLS)), ["eu-central", "us-east"]);
  assert.match(env.DATABASE_URL, /@10\.91\.2\.1:7004\/cell$/);
  assert.match(env.CFG_PUBLISHER, /host='10\.91\.3\.1' port='7001'/);
  assert.equal(popPlan(layout, "NYC").env.WEBRTC_LISTEN, "10.91.3.1:7071");
  assert.equal(edgePlan(layout).env.CONTROL_PLANE_URL, "http://10.91.3.1:7000");
});

Deno.test("layOut() without standbys has one keeper, and cells without a lease", async () => {
  await using laid = await laidOut({ standby: false });
  const { layout } = laid;
  const { servers, witnesses } = keeperFileOf(layout, "control");
  assert.deepEqual(servers.map(({ name, kind }) => [name, kind]), [
    ...[["control-plane", "sole"], ["E39", "sole"], ["C14", "sole"]],
  ]);
  assert.deepEqual(witnesses, []);
  assert.equal(cellPlan(layout, "C14", "us-east").env.LEASE, "none");
  assert.equal(keeperPlan(layout, "control").command, Deno.execPath());
  const kept = keptServersOf(layout);
  assert.deepEqual(kept.map(({ name }) => name), [
    ...["postgres-control-plane", "postgres-E39-eu-central", "postgres-C14-us-east"],
  ]);
  assert.ok(kept.every(({ folders }) => folders[0].includes("/postgres/control/")));
});

Deno.test("the edge says by a line of its own whether it was replaced", async () => {
  await using laid = await laidOut({ standby: false });
  const { ended } = edgePlan(laid.layout).renewal!;
  assert.equal(ended('{"event":"replaced","service":"edge:local","port":1}'), "done");
  assert.equal(ended('{"event":"not-replaced","service":"edge:local"}'), "failed");
  assert.equal(ended('{"event":"ready"}'), undefined);
});
