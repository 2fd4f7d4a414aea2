import assert from "node:assert/strict";
import type { KeeperMemory } from "./keeper_memory.ts";
import {
  elsewhere,
  HOME,
  KeeperBench,
  kinds,
  NO_LEASE,
  NO_SERVER,
  PEER,
  primary,
  standby,
} from "./testing/keeper_bench.ts";

const AS_STANDBY: KeeperMemory = { data: "standby", term: 1, handedOver: false };
const AS_PRIMARY: KeeperMemory = { data: "primary", term: 1, handedOver: false };
const FOLDER = { ...NO_SERVER, hasData: true };
const BOTH = [HOME, PEER];

Deno.test("a cluster that never was begins at home, once a majority says so", () => {
  const bench = new KeeperBench();
  assert.deepEqual(kinds(bench.step(100, { lease: { ...NO_LEASE, majority: false } })), []);
  const [acquire] = bench.step(100, { lease: { ...NO_LEASE, blank: true } });
  assert.deepEqual(acquire, { kind: "acquire", mode: "bootstrap" });
});

Deno.test("data whose witnesses know nothing is not taken for a cluster that never was", () => {
  for (const memory of [AS_PRIMARY, AS_STANDBY]) {
    const bench = new KeeperBench(memory);
    const lease = { ...NO_LEASE, blank: true };
    assert.ok(!kinds(bench.step(100, { lease, server: FOLDER })).includes("acquire"));
    assert.match(bench.state.problem!, /no witness knows/);
  }
});

Deno.test("an unknown folder never becomes a primary by itself", () => {
  const bench = new KeeperBench();
  const lease = elsewhere(null, 3, BOTH);
  for (let i = 0; i < 100; i++) {
    assert.deepEqual(kinds(bench.step(100, { lease, server: FOLDER })), []);
  }
  assert.deepEqual(
    kinds(bench.step(100, { lease: elsewhere(PEER, 4, [PEER]) })),
    ["remember", "seed"],
  );
});

Deno.test("a primary without a lease is stopped at once", () => {
  const bench = new KeeperBench(AS_PRIMARY);
  const lease = elsewhere(PEER, 2, [PEER]);
  assert.deepEqual(kinds(bench.step(100, { lease, server: primary() })), ["stop"]);
});

Deno.test("a keeper that starts takes up the primary it left, or stops it soon", () => {
  const lease = elsewhere(HOME, 1, BOTH);
  const again = new KeeperBench(AS_PRIMARY);
  const [acquire] = again.step(100, { lease, server: primary() });
  assert.deepEqual(acquire, { kind: "acquire", mode: "in-sync" });
  const alone = new KeeperBench(AS_PRIMARY);
  const nobody = { ...NO_LEASE, majority: false };
  assert.deepEqual(kinds(alone.step(1900, { lease: nobody, server: primary() })), []);
  assert.deepEqual(kinds(alone.step(200)), ["stop"]);
});

Deno.test("a standby takes over only when it is in sync, runs and the other's time is over", () => {
  const bench = new KeeperBench(AS_STANDBY);
  const ended = { live: false, liveMs: 0 };
  const server = standby({ receiver: "away" });
  const both = elsewhere(PEER, 1, BOTH);
  assert.deepEqual(kinds(bench.step(100, { lease: { ...both }, server })), []);
  const soon = elsewhere(PEER, 1, BOTH, ended);
  assert.deepEqual(kinds(bench.step(100, { lease: soon })), [], "who was active goes first");
  assert.deepEqual(kinds(bench.step(2000, { lease: both })), []);
  assert.deepEqual(kinds(bench.step(100, { lease: elsewhere(PEER, 1, [PEER], ended) })), []);
  const lease = elsewhere(PEER, 1, BOTH, ended);
  assert.deepEqual(kinds(bench.step(100, { lease, server: FOLDER })), ["start-standby"]);
  assert.deepEqual(kinds(bench.done(100, { server })), ["acquire"]);
  const unfinished = new KeeperBench({ ...AS_STANDBY, data: "none" });
  assert.deepEqual(kinds(unfinished.step(100, { lease, server })), []);
});

Deno.test("what was given to the other site is left to it for its time", () => {
  const bench = new KeeperBench({ ...AS_PRIMARY, handedOver: true });
  const lease = elsewhere(null, 1, BOTH, {}, PEER);
  for (let i = 0; i < 39; i++) {
    assert.deepEqual(kinds(bench.step(100, { lease, server: FOLDER })), []);
  }
  bench.step(100);
  assert.deepEqual(kinds(bench.step(100)), ["acquire"]);
});

Deno.test("what is given back to this site is taken at once", () => {
  const bench = new KeeperBench(AS_PRIMARY);
  bench.state.yieldUntil = Infinity;
  const lease = elsewhere(null, 2, BOTH, {}, HOME);
  assert.deepEqual(kinds(bench.step(100, { lease, server: FOLDER })), ["acquire"]);
});

Deno.test("a former primary is copied anew, unless it handed over", () => {
  const lease = elsewhere(PEER, 2, [PEER]);
  const crashed = new KeeperBench(AS_PRIMARY);
  assert.deepEqual(kinds(crashed.step(100, { lease, server: FOLDER })), ["remember", "seed"]);
  assert.equal(crashed.state.memory!.data, "none", "a copy that breaks off is none");
  const clean = new KeeperBench({ ...AS_PRIMARY, handedOver: true });
  assert.deepEqual(kinds(clean.step(100, { lease, server: FOLDER })), ["start-standby"]);
  clean.done(100, { server: standby() });
  assert.deepEqual(clean.state.memory, { data: "standby", term: 2, handedOver: false });
});

Deno.test("a seeding that touched nothing leaves what was known", () => {
  const bench = new KeeperBench({ ...AS_PRIMARY, handedOver: true });
  const lease = elsewhere(PEER, 2, [PEER]);
  bench.step(100, { lease, server: standby({ receiver: "away" }) });
  bench.step(10_100);
  assert.equal(bench.operation, "seed");
  const { id } = bench.state.server!;
  bench.step(100, { results: [{ id, error: "no route", untouched: true }] });
  assert.deepEqual(bench.state.memory, { ...AS_PRIMARY, handedOver: true });
  assert.match(bench.state.problem!, /no route/);
});

Deno.test("a standby that hears nothing is copied anew only if its primary's site answers", () => {
  const bench = new KeeperBench(AS_STANDBY);
  const lease = elsewhere(PEER, 1, [PEER]);
  bench.step(100, { lease, server: standby({ receiver: "away" }), peer: null });
  assert.deepEqual(kinds(bench.step(60_000)), []);
  assert.deepEqual(
    kinds(bench.step(100, { peer: { healthy: true, cellHealthy: false } })),
    ["remember", "seed"],
  );
});

Deno.test("whoever holds the lease and has published nothing yet is not followed", () => {
  const bench = new KeeperBench(AS_PRIMARY);
  const sync = { term: 1, revision: 1, inSync: BOTH };
  const lease = elsewhere(PEER, 2, BOTH, { sync });
  assert.deepEqual(kinds(bench.step(100, { lease, server: FOLDER })), []);
});

Deno.test("a second keeper of the name does nothing, and says so once", () => {
  const bench = new KeeperBench(AS_PRIMARY);
  const lease = { ...elsewhere(HOME, 1, BOTH), duplicate: true };
  const events = [1, 2, 3].flatMap(() => bench.step(100, { lease, server: primary() }));
  assert.equal(events.length, 1);
  assert.equal(events[0].kind === "audit" && events[0].entry.event, "duplicate-keeper");
});

Deno.test("failures are tried again after growing pauses", () => {
  const bench = new KeeperBench();
  bench.step(100, { lease: elsewhere(PEER, 2, [PEER]), server: NO_SERVER });
  let begun = 0;
  for (let i = 0; i < 600; i++) {
    if (bench.operation === "seed") {
      begun++;
      bench.done(100, {}, "broken");
    } else bench.step(100);
  }
  assert.ok(begun >= 6 && begun <= 10, `${begun} tries in a minute`);
});
