import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { KeeperDouble } from "../testing/keeper_double.ts";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { ClusterStatus } from "./cluster_status.ts";

const plane = useTestPlane();
const MOVE = { to: "us-east", requestedBy: "Dora" };

/** Keepers of E39's sites; eu-central is active. */
function keepers() {
  const { deployment, clock } = plane();
  const now = () => clock.at;
  const [home, standby] = ["eu-central", "us-east"].map((site) =>
    new KeeperDouble(site, deployment.keys, now, site === "eu-central")
  );
  // The deployment is the plane's own: what a test adds goes with the test.
  deployment.clusters[0].keepers = [home.address, standby.address];
  return {
    ...{ home, standby },
    async [Symbol.asyncDispose]() {
      delete deployment.clusters[0].keepers;
      await home[Symbol.asyncDispose]();
      await standby[Symbol.asyncDispose]();
    },
  };
}
const call = async (method: string, path: string, body?: unknown) =>
  await plane().call(method, `/v1/clusters${path}`, {
    ...{ token: await plane().operatorToken(), body },
  });
const audited = async () =>
  (await plane().database.sql`
    select actor, action, data from control.audit where subject = 'E39' order by at, id`)
    .map(({ actor, action, data }) => [actor, action, data]);

Deno.test("an operator sees which clusters there are, and how many tenants live on each", async () => {
  const partner = await plane().partner();
  await plane().tenant(partner, { clusterId: "C14" });
  const { status, body } = await call("GET", "");
  assert.equal(status, 200);
  const c14 = body.items.find(({ id }: { id: string }) => id === "C14");
  assert.ok(c14.tenants >= 1);
  assert.deepEqual(
    body.items.map((
      { id, standbyRegion }: { id: string; standbyRegion: string },
    ) => [id, standbyRegion]),
    [
      ["C14", null],
      ["E39", "us-east"],
    ],
  );
});

Deno.test("an operator sees where a cluster is active and what follows it", async () => {
  await using k = keepers();
  const { status, body } = await call("GET", "/E39");
  assert.equal(status, 200);
  const told = ClusterStatus.parse(body);
  assert.deepEqual([told.active, told.inSync, told.degraded, told.replication?.lagMs], [
    { site: "eu-central", epoch: 3 },
    ["eu-central", "us-east"],
    null,
    81,
  ]);
  assert.deepEqual(told.sites.map(({ site, status }) => [site, status?.role]), [
    ["eu-central", "primary"],
    ["us-east", "standby"],
  ]);
  k.home.status.degraded = { since: 5, reason: "the standby is away" };
  k.standby.trouble = "nonsense";
  const later = ClusterStatus.parse((await call("GET", "/E39")).body);
  assert.equal(later.degraded?.since, 5);
  assert.deepEqual(later.sites[1], {
    ...{ site: "us-east", status: null, problem: "The keeper of us-east does not answer" },
  });
});

Deno.test("of two sites that say they may act, the later term does", async () => {
  await using k = keepers();
  Object.assign(k.standby.status.lease, { held: true, term: 5 });
  assert.equal((await call("GET", "/E39")).body.active.site, "us-east");
  k.home.status.lease.held = k.standby.status.lease.held = false;
  assert.equal((await call("GET", "/E39")).body.active, null);
});

Deno.test("a switch-over is passed on to the active site's keeper, and can be watched", async () => {
  await using k = keepers();
  const before = (await audited()).length;
  const begun = await call("POST", "/E39/switch-overs", { ...MOVE, rehearse: true });
  assert.equal(begun.status, 202, JSON.stringify(begun.body));
  assert.deepEqual([begun.body.to, begun.body.rehearse, begun.body.requestedBy], [
    "us-east",
    true,
    "Dora",
  ]);
  const { id } = begun.body;
  assert.equal(begun.headers.get("location"), `/v1/clusters/E39/switch-overs/${id}`);
  assert.deepEqual(k.home.switchOvers.map((it) => it.id), [id]);
  assert.deepEqual(k.standby.switchOvers, []);
  const read = await call("GET", `/E39/switch-overs/${id}`);
  assert.deepEqual([read.status, read.body], [200, begun.body]);
  assert.deepEqual((await call("GET", "/E39/switch-overs")).body, {
    items: [begun.body],
    missing: [],
  });
  assert.deepEqual((await audited()).slice(before), [
    ["operator", "cluster.switch-over-asked", { ...MOVE, rehearse: true }],
    ["operator", "cluster.switch-over-begun", {
      ...{ to: "us-east", switchOverId: id, state: "checking" },
    }],
  ]);
});

Deno.test("one that accepts loss goes to the keeper of the site it leads to", async () => {
  await using k = keepers();
  const { status } = await call("POST", "/E39/switch-overs", { ...MOVE, force: "accept-loss" });
  assert.deepEqual([status, k.standby.switchOvers.length, k.home.switchOvers.length], [202, 1, 0]);
  assert.equal(k.standby.switchOvers[0].forced, true);
});

Deno.test("what the keeper refuses is passed on, and audited", async () => {
  await using k = keepers();
  const data = { switchOver: { state: "refused" } };
  k.home.trouble = new AntiphonError("state_not_allowed", "The standby lags", { data });
  const { status, body } = await call("POST", "/E39/switch-overs", MOVE);
  assert.deepEqual([status, body.code, body.detail, body.data], [
    409,
    "state_not_allowed",
    "The standby lags",
    data,
  ]);
  const [, action, noted] = (await audited()).at(-1)!;
  assert.deepEqual([action, noted], [
    "cluster.switch-over-refused",
    { to: "us-east", code: "state_not_allowed" },
  ]);
});

Deno.test("nobody says that nothing began when the keeper was not heard", async () => {
  await using k = keepers();
  k.home.trouble = "cut";
  const { status, body } = await call("POST", "/E39/switch-overs", MOVE);
  assert.deepEqual([status, body.code], [502, "outcome_unknown"]);
  assert.deepEqual([k.home.switchOvers.length, k.standby.switchOvers.length], [1, 0]);
  assert.deepEqual((await audited()).at(-1)![2], { to: "us-east", code: "outcome_unknown" });
});

Deno.test("a cluster whose keepers are away is not moved", async () => {
  await using k = keepers();
  k.home.trouble = k.standby.trouble = "nonsense";
  const { status, body } = await call("POST", "/E39/switch-overs", MOVE);
  assert.deepEqual([status, body.code], [503, "cluster_unavailable"]);
});

Deno.test("what happened at all sites is one record; a site that is away is named", async () => {
  await using k = keepers();
  const line = (site: string, at: number) => ({
    ...{ at, clusterId: "E39", site, event: "promoted" as const, by: "keeper", term: 4, epoch: 3 },
    facts: {},
  });
  k.home.audit.push(line("eu-central", 1), line("eu-central", 3));
  k.standby.audit.push(line("us-east", 2));
  const { body } = await call("GET", "/E39/audit");
  assert.deepEqual(body.items.map(({ at }: { at: number }) => at), [1, 2, 3]);
  k.standby.trouble = "nonsense";
  const part = await call("GET", "/E39/audit");
  assert.deepEqual([part.body.items.length, part.body.missing], [2, ["us-east"]]);
});

Deno.test("what does not fit is refused before a keeper is asked", async () => {
  const none = await call("GET", "/E39");
  assert.deepEqual([none.status, none.body.code], [409, "state_not_allowed"]);
  await using k = keepers();
  for (
    const [method, path, body, status] of [
      ["GET", "/Z99", undefined, 404],
      ["GET", "/e39", undefined, 422],
      ["GET", "/E39/switch-overs/x", undefined, 422],
      ["POST", "/E39/switch-overs", {}, 422],
      ["POST", "/E39/switch-overs", { ...MOVE, to: "mars" }, 422],
      ["POST", "/E39/switch-overs", { ...MOVE, force: "please" }, 422],
    ] as const
  ) assert.equal((await call(method, path, body)).status, status, `${method} ${path}`);
  assert.deepEqual([k.home.asked, k.standby.asked], [[], []]);
  const gone = await call("GET", `/E39/switch-overs/${crypto.randomUUID()}`);
  assert.deepEqual([gone.status, gone.body.code], [404, "not_found"]);
  k.home.trouble = "nonsense";
  const perhaps = await call("GET", `/E39/switch-overs/${crypto.randomUUID()}`);
  assert.deepEqual([perhaps.status, perhaps.body.code], [503, "cluster_unavailable"]);
});

Deno.test("partners neither see how clusters stand nor move them", async () => {
  await using k = keepers();
  const { token } = await plane().partner();
  for (
    const [method, path, body] of [
      ["GET", "", undefined],
      ["GET", "/E39", undefined],
      ["GET", "/E39/audit", undefined],
      ["GET", "/E39/switch-overs", undefined],
      ["POST", "/E39/switch-overs", MOVE],
    ] as const
  ) {
    const { status, body: answer } = await plane().call(method, `/v1/clusters${path}`, {
      token,
      body,
    });
    assert.deepEqual([status, answer.code], [403, "forbidden"], path);
  }
  assert.deepEqual(k.home.asked, []);
});

refusesStrangers(plane, [
  ["GET", "/v1/clusters", "clusters:read"],
  ["GET", "/v1/clusters/E39", "clusters:read"],
  ["GET", "/v1/clusters/E39/audit", "clusters:read"],
  ["GET", "/v1/clusters/E39/switch-overs", "clusters:read"],
  ["POST", "/v1/clusters/E39/switch-overs", "clusters:write"],
  ["GET", `/v1/clusters/E39/switch-overs/${crypto.randomUUID()}`, "clusters:read"],
]);
