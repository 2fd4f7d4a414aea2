import assert from "node:assert/strict";
import {
  elsewhere,
  held,
  HOME,
  KeeperBench,
  kinds,
  NO_LEASE,
  NO_SERVER,
  PEER,
  primary,
  standby,
} from "./testing/keeper_bench.ts";

const MEMORY = { data: "standby" as const, term: 1, handedOver: false };
const request = {
  id: "force",
  to: HOME,
  rehearse: false,
  force: "accept-loss" as const,
  requestedBy: "ops",
};
const dead = elsewhere(PEER, 3, [PEER], { live: false, liveMs: 0 });
const server = standby({ receiver: "away" });

function move(bench: KeeperBench) {
  return bench.state.switchOvers.at(-1)!;
}

Deno.test("a forced promotion puts on record what is lost before it asks for anything", () => {
  const bench = new KeeperBench(MEMORY);
  const actions = bench.step(100, { lease: dead, server, requests: [request] });
  assert.deepEqual(actions.map((it) => it.kind), ["audit", "acquire"]);
  const [audit, acquire] = actions;
  assert.deepEqual(acquire, { kind: "acquire", mode: "accept-loss" });
  assert.ok(audit.kind === "audit" && audit.entry.event === "forced-promotion");
  assert.equal(audit.entry.facts.bytes, 1000, "0/1388 is 5000, this site has 4000");
  assert.match(move(bench).checks.at(-1)!.detail, /after 0\/FA0 of timeline 1 is lost: 1000 bytes/);
  const sync = { term: 3, revision: 1, inSync: [PEER] };
  assert.ok(kinds(bench.step(100, { lease: held(4, [], { sync }) })).includes("promote"));
  bench.done(200, { server: primary({ timeline: 2, synchronous: null }) });
  bench.step(100, { lease: held(4, [HOME]) });
  bench.step(100);
  assert.deepEqual([move(bench).state, move(bench).epochAfter], ["done", 2]);
});

Deno.test("a rehearsed one only tells", () => {
  const bench = new KeeperBench(MEMORY);
  const rehearse = { ...request, rehearse: true };
  assert.deepEqual(bench.step(100, { lease: dead, server, requests: [rehearse] }), []);
  assert.equal(move(bench).state, "done");
});

Deno.test("nothing is forced while another holds the lease, nor without a majority or data", () => {
  const live = elsewhere(PEER, 3, [PEER]);
  const cases: [Partial<KeeperBench["seen"]>, Partial<typeof request>, RegExp][] = [
    [{ lease: live, server }, {}, /another site holds it/],
    [{ lease: { ...NO_LEASE, majority: false }, server }, {}, /no majority/],
    [{ lease: dead, server: NO_SERVER }, {}, /no whole copy/],
    [{ lease: dead, server: { ...server, accepting: false } }, {}, /does not take queries/],
    [{ lease: dead, server }, { to: PEER }, /ask the keeper of us-east/],
    [{ lease: dead, server }, { to: "control" }, /no data/],
    [{ lease: { ...dead, duplicate: true }, server }, {}, /another keeper/],
  ];
  for (const [change, wish, reason] of cases) {
    const bench = new KeeperBench(MEMORY);
    const actions = bench.step(100, { ...change, requests: [{ ...request, ...wish }] });
    assert.match(move(bench).problem!, reason);
    assert.ok(!kinds(actions).includes("acquire"));
  }
});

Deno.test("one that gets no lease in time has changed nothing", () => {
  const bench = new KeeperBench(MEMORY);
  bench.step(100, { lease: dead, server, requests: [request] });
  for (let i = 0; i < 151; i++) bench.step(100);
  assert.equal(move(bench).state, "failed");
  assert.equal(bench.state.forcing, null);
});

Deno.test("a former primary's folder comes up as a standby first, for a timeline of its own", () => {
  const bench = new KeeperBench({ ...MEMORY, data: "primary" });
  bench.step(100, { lease: dead, server: { ...NO_SERVER, hasData: true }, requests: [request] });
  const sync = { term: 3, revision: 1, inSync: [PEER] };
  const actions = bench.step(100, { lease: held(4, [], { sync }) });
  assert.deepEqual(kinds(actions), ["remember", "start-standby"]);
});
