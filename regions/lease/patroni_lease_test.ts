import assert from "node:assert/strict";
import { patroniLease } from "./patroni_lease.ts";

/** A Patroni that answers what stands in `now`, and notes what it was asked. */
function asking(overrides: object = {}) {
  const now = {
    at: 10_000,
    status: 200,
    member: {
      ...{ state: "running", role: "master", timeline: 7, dcs_last_seen: 500 },
      ...{ tags: { site: "eu-central" }, patroni: { version: "3.0.2", scope: "E39" } },
    } as Record<string, unknown>,
    configuration: { ttl: 5, loop_wait: 1, synchronous_mode: true } as object | null,
    cluster: {
      members: [
        { name: "us-east", role: "leader", state: "running", timeline: 8 },
        { name: "eu-central", role: "sync_standby", state: "running", timeline: 8 },
      ],
    } as object | null,
    away: false,
    ...overrides,
  };
  const asked: string[] = [];
  const source = patroniLease({
    url: "http://127.0.0.1:8008",
    clusterId: "E39",
    site: "eu-central",
    clock: () => now.at,
    fetch: (input) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      if (now.away) return Promise.reject(new TypeError("connection refused"));
      if (pathname === "/leader") {
        return Promise.resolve(Response.json(now.member, { status: now.status }));
      }
      const body = pathname === "/config" ? now.configuration : now.cluster;
      return Promise.resolve(body ? Response.json(body) : new Response("gone", { status: 502 }));
    },
  });
  /** Asks `ms` later, after what changed. */
  const later = (ms: number, change: object = {}, member: object = {}) => {
    Object.assign(now, change, { at: now.at + ms });
    Object.assign(now.member, member);
    return source.ask();
  };
  return { now, asked, later, ask: source.ask };
}

const REPLICA = { role: "replica", timeline: 6 };
const LEADER = { role: "master", timeline: 7 };
const active = { site: "eu-central", epoch: 7 };

Deno.test("a replica that was promoted holds the lease, and goes on by the rounds of its Patroni", async () => {
  const patroni = asking();
  const first = await patroni.later(0, { status: 503 }, REPLICA);
  assert.deepEqual([first.held, first.validMs], [false, 0]);
  const held = await patroni.later(200, { status: 200 }, LEADER);
  assert.deepEqual(held, {
    ...{ clusterId: "E39", site: "eu-central", held: true, active },
    validMs: -1200 + 4800,
  });
  await patroni.later(200, {}, { dcs_last_seen: 501 });
  await patroni.later(800);
  assert.equal((await patroni.later(200, {}, { dcs_last_seen: 502 })).validMs, -1200 + 4800);
});

Deno.test("a standby says where the cluster is active, and asks that seldom", async () => {
  const patroni = asking();
  for (const _ of Array(10)) {
    const answer = await patroni.later(200, { status: 503 }, REPLICA);
    assert.deepEqual(answer.active, { site: "us-east", epoch: 8 });
  }
  const count = (path: string) => patroni.asked.filter((p) => p === path).length;
  assert.deepEqual([count("/leader"), count("/cluster"), count("/config")], [10, 2, 2]);
});

Deno.test("a leader's /cluster is never asked for", async () => {
  const patroni = asking();
  for (const round of Array(20).keys()) await patroni.later(500, {}, { dcs_last_seen: round });
  assert.ok(!patroni.asked.includes("/cluster"));
});

Deno.test("with its store away a standby still says who was active last", async () => {
  const patroni = asking({ status: 503 });
  await patroni.later(0, {}, REPLICA);
  const answer = await patroni.later(5000, { cluster: null });
  assert.deepEqual(answer.active, { site: "us-east", epoch: 8 });
});

/** A cell whose site leads, with a proven lease that ends 4.6 s after the last answer. */
async function leading() {
  const patroni = asking();
  await patroni.later(0, { status: 503 }, REPLICA);
  await patroni.later(200, { status: 200 }, LEADER);
  await patroni.later(200, {}, { dcs_last_seen: 501 });
  await patroni.later(1000, {}, { dcs_last_seen: 502 });
  return patroni;
}

Deno.test("one that was stopped for 12 s has no lease at its first answer, though its Patroni still believes", async () => {
  const patroni = await leading();
  assert.deepEqual(
    [(await patroni.later(12_000)).held, (await patroni.later(200, { status: 503 })).held],
    [false, false],
  );
});

Deno.test("while Patroni hangs its answers lengthen nothing", async () => {
  const patroni = await leading();
  const left = (await patroni.later(200)).validMs;
  assert.equal((await patroni.later(1000)).validMs, left - 1000);
  assert.equal((await patroni.later(4000)).held, false);
});

Deno.test("a wall clock that jumps lengthens nothing that is not a round", async () => {
  for (const jump of [-100_000, 100_000]) {
    const patroni = await leading();
    const left = (await patroni.later(200)).validMs;
    const jumped = await patroni.later(1000, {}, { dcs_last_seen: 502 + jump });
    assert.ok(jumped.validMs <= left - 1000 + 1400, "by the round that it ends");
    assert.equal((await patroni.later(5000)).held, false);
  }
});

Deno.test("a Patroni that is silent says nothing", async () => {
  const patroni = await leading();
  await assert.rejects(patroni.later(200, { away: true }), { code: "unavailable" });
  assert.equal((await patroni.later(3000, { away: false })).validMs, 400);
});

Deno.test("a Patroni that cannot ask its server says nothing; a server that has ended ends the lease", async () => {
  const patroni = await leading();
  await assert.rejects(patroni.later(200, {}, { state: "unknown" }), { code: "unavailable" });
  const ended = await patroni.later(200, {}, { state: "crashed", role: "master" });
  assert.deepEqual([ended.held, ended.active], [false, null]);
});

Deno.test("in failsafe mode it is held for moments, again and again, until Patroni gives up", async () => {
  const patroni = await leading();
  await patroni.later(2000, {}, { failsafe_mode_is_active: true });
  for (const _ of Array(50)) assert.ok((await patroni.later(200)).validMs >= 1500);
  const taking = await patroni.later(200, { status: 503 });
  assert.equal(taking.validMs, 2800, "it may be taking its key anew");
  assert.equal((await patroni.later(200, {}, { failsafe_mode_is_active: false })).held, false);
});

Deno.test("without synchronous standbys the key alone proves nothing, rounds do", async () => {
  const patroni = asking({ configuration: { ttl: 5, loop_wait: 1 } });
  await patroni.later(0, { status: 503 }, REPLICA);
  assert.equal((await patroni.later(200, { status: 200 }, LEADER)).held, false);
  await patroni.later(800, {}, { dcs_last_seen: 501 });
  assert.equal((await patroni.later(1000, {}, { dcs_last_seen: 502 })).held, true);
});

Deno.test("another site's Patroni, nonsense, and one without a configuration are not believed", async () => {
  const wrong = [
    { member: { ...asking().now.member, tags: { site: "us-east" } } },
    { member: { ...asking().now.member, tags: {} } },
    { member: { state: "running" } },
    { member: { ...asking().now.member, filler: "x".repeat(70_000) } },
    { configuration: null },
    { configuration: { ttl: "5" } },
  ];
  for (const overrides of wrong) await assert.rejects(asking(overrides).ask());
});
