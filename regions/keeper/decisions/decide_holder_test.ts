import assert from "node:assert/strict";
import type { KeeperMemory } from "./keeper_memory.ts";
import { isHeld } from "./is_held.ts";
import {
  elsewhere,
  held,
  HOME,
  KeeperBench,
  kinds,
  NO_SERVER,
  PEER,
  primary,
  standby,
} from "./testing/keeper_bench.ts";

const AS_STANDBY: KeeperMemory = { data: "standby", term: 1, handedOver: false };
const AS_PRIMARY: KeeperMemory = { data: "primary", term: 1, handedOver: false };
const FOLDER = { ...NO_SERVER, hasData: true };
const BOTH = [HOME, PEER];
const alone = primary({ synchronous: null, standby: null });

function acts({ state, seen, now }: KeeperBench): boolean {
  return isHeld(state, seen.lease, seen.server, now);
}

/** A holder in term 1 with its standby in sync. */
function serving(): KeeperBench {
  const bench = new KeeperBench(AS_PRIMARY);
  bench.step(100, { lease: held(1, BOTH), server: primary() });
  bench.step(100);
  bench.step(100);
  assert.ok(acts(bench));
  return bench;
}

Deno.test("a new cluster is made, published and only then held", () => {
  const bench = new KeeperBench();
  const none = { term: 0, revision: 0, inSync: [] };
  const lease = held(1, [], { sync: none });
  assert.deepEqual(kinds(bench.step(100, { lease })), ["remember", "bootstrap"]);
  const actions = bench.done(500, { server: alone });
  assert.deepEqual(kinds(actions), ["remember", "publish"]);
  assert.ok(!acts(bench));
  bench.step(100, { lease: held(1, [HOME], { durable: false }) });
  assert.ok(!acts(bench), "no majority knows yet");
  bench.step(100, { lease: held(1, [HOME]) });
  assert.ok(acts(bench));
});

Deno.test("who takes over promotes above every timeline known, publishes itself, then acts", () => {
  const bench = new KeeperBench(AS_STANDBY);
  const before = { term: 1, revision: 4, inSync: BOTH };
  const lease = held(2, BOTH, { sync: before });
  lease.newest!.position!.timeline = 7;
  const actions = bench.step(100, { lease, server: standby({ timeline: 3, receiver: "away" }) });
  assert.deepEqual(kinds(actions), ["remember", "promote"]);
  assert.deepEqual(bench.state.server!.operation, { kind: "promote", above: 7 });
  const published = bench.done(200, { server: primary({ timeline: 8, synchronous: null }) });
  assert.deepEqual(published.at(-1), { kind: "publish", inSync: [HOME] });
  assert.ok(!acts(bench));
  bench.step(100, { lease: held(2, [HOME]) });
  assert.ok(acts(bench));
});

Deno.test("a former primary begins a new term alone, known to the majority before it can write", () => {
  const bench = new KeeperBench(AS_PRIMARY);
  const sync = { term: 1, revision: 2, inSync: BOTH };
  const actions = bench.step(100, { lease: held(2, BOTH, { sync }), server: FOLDER });
  assert.deepEqual(actions.at(-1), { kind: "publish", inSync: [HOME] });
  assert.deepEqual(kinds(bench.step(50, { lease: held(2, [HOME], { durable: false }) })), []);
  bench.step(50, { lease: held(2, [HOME]) });
  assert.deepEqual(bench.state.server!.operation, { kind: "start-primary", synchronous: null });
});

Deno.test("a primary that was left running keeps its standby in the new term", () => {
  const bench = new KeeperBench(AS_PRIMARY);
  const sync = { term: 1, revision: 2, inSync: BOTH };
  const actions = bench.step(100, { lease: held(2, BOTH, { sync }), server: primary() });
  assert.deepEqual(actions.at(-1), { kind: "publish", inSync: BOTH });
});

Deno.test("a crashed primary starts with its standby, and acts when that has all it had", () => {
  const bench = serving();
  bench.step(100, { server: FOLDER });
  assert.deepEqual(bench.state.server!.operation, { kind: "start-primary", synchronous: PEER });
  assert.ok(!acts(bench));
  bench.done(300, { server: primary({ position: 9000n }) });
  assert.ok(!acts(bench), "what waited for the standby can be seen now");
  const { standby: other } = primary();
  bench.step(100, {
    server: primary({ position: 9000n, standby: { ...other!, replayed: 9000n } }),
  });
  assert.ok(acts(bench));
});

Deno.test("a primary that is not back in time gives way, after the cell's last word ran out", () => {
  const bench = serving();
  bench.step(100, { server: FOLDER });
  bench.state.answeredUntil = bench.now + 3000;
  assert.deepEqual(kinds(bench.step(1600)), ["stop"]);
  assert.deepEqual(kinds(bench.done(50)), []);
  assert.deepEqual(kinds(bench.step(1000)), []);
  const actions = bench.step(500);
  assert.deepEqual(actions.find((it) => it.kind === "release"), { kind: "release", next: PEER });
  const lease = elsewhere(null, 1, BOTH, {}, PEER);
  assert.deepEqual(kinds(bench.step(100, { lease })), [], "the other goes first");
});

Deno.test("without a standby in sync a crashed primary is tried again and again", () => {
  const bench = serving();
  bench.step(100, { lease: held(1, [HOME]), server: { ...FOLDER } });
  let starts = 0;
  for (let i = 0; i < 300; i++) {
    assert.equal(bench.state.givingWay, null);
    if (bench.operation === "start-primary") {
      starts++;
      bench.done(100, {}, "no");
    } else bench.step(100);
  }
  assert.ok(starts >= 4);
});

Deno.test("a primary that cannot write gives way to a standby in sync", () => {
  const bench = serving();
  const server = primary({ writes: "failing" });
  for (let i = 0; i < 20; i++) assert.deepEqual(kinds(bench.step(100, { server })), []);
  assert.deepEqual(kinds(bench.step(100)), ["stop"]);
  const lonely = serving();
  for (let i = 0; i < 50; i++) lonely.step(100, { server, lease: held(1, [HOME]) });
  assert.equal(lonely.state.givingWay, null);
  assert.match(lonely.state.problem!, /cannot write/);
});

Deno.test("a lost lease stops the server at once, whatever runs", () => {
  const bench = serving();
  const actions = bench.step(100, { lease: elsewhere(HOME, 1, BOTH) });
  assert.ok(kinds(actions).includes("stop"));
  assert.ok(!acts(bench));
  const promoting = new KeeperBench(AS_STANDBY);
  const sync = { term: 1, revision: 4, inSync: BOTH };
  promoting.step(100, { lease: held(2, BOTH, { sync }), server: standby() });
  assert.equal(promoting.operation, "promote");
  promoting.step(100, { lease: elsewhere(PEER, 3, [PEER]) });
  assert.deepEqual(promoting.state.server!.operation, { kind: "stop", mode: "immediate" });
});

Deno.test("whoever cannot become the primary lets the other have it back", () => {
  const bench = new KeeperBench(AS_STANDBY);
  const sync = { term: 1, revision: 4, inSync: BOTH };
  bench.step(100, { lease: held(2, BOTH, { sync }), server: standby() });
  let released = false;
  for (let i = 0; i < 300 && !released; i++) {
    const actions = bench.operation === "promote"
      ? bench.done(100, {}, "no")
      : bench.operation === "stop"
      ? bench.done(100, { server: FOLDER })
      : bench.step(100);
    released = actions.some((it) => it.kind === "release" && it.next === PEER);
  }
  assert.ok(released);
});
