import assert from "node:assert/strict";
import type { SwitchOverCommand } from "./keeper_observation.ts";
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
} from "./testing/keeper_bench.ts";

const MEMORY = { data: "primary" as const, term: 1, handedOver: false };
const FOLDER = { ...NO_SERVER, hasData: true };
const BOTH = [HOME, PEER];
const id = "0192d7a0-0000-7000-8000-000000000001";
const request: SwitchOverCommand = { id, to: PEER, rehearse: false, requestedBy: "ops" };

function serving(): KeeperBench {
  const bench = new KeeperBench(MEMORY);
  bench.step(100, { lease: held(1, BOTH), server: primary() });
  bench.step(100);
  bench.step(100);
  return bench;
}

function move(bench: KeeperBench) {
  return bench.state.switchOvers.at(-1)!;
}

function cellDone(bench: KeeperBench, error: string | null = null) {
  return bench.step(20, { results: [{ id: bench.state.cell!.id, error }] });
}

/** Until the server has been told to stop. */
function stopping(): KeeperBench {
  const bench = serving();
  assert.deepEqual(kinds(bench.step(10, { requests: [request] })), ["checkpoint"]);
  assert.deepEqual(kinds(bench.done(50)), ["cell"]);
  assert.deepEqual(kinds(cellDone(bench)), ["stop"]);
  return bench;
}

Deno.test("a switch-over goes step by step, and ends when the other site is active", () => {
  const bench = stopping();
  assert.ok(!isHeld(bench.state, bench.seen.lease, bench.seen.server, bench.now));
  assert.deepEqual(kinds(bench.done(80, { server: FOLDER })), ["remember", "release"]);
  assert.equal(bench.state.memory!.handedOver, true);
  const lease = elsewhere(null, 1, BOTH, {}, PEER);
  const unheard = { ...lease, releasing: true };
  assert.deepEqual(kinds(bench.step(20, { lease: unheard })), []);
  assert.deepEqual(kinds(bench.step(20, { lease })), ["take"]);
  assert.deepEqual(kinds(bench.step(20)), [], "once");
  const there = elsewhere(PEER, 2, [PEER]);
  there.newest!.position!.timeline = 2;
  assert.deepEqual(kinds(bench.step(300, { lease: there })), ["start-standby"]);
  assert.deepEqual([move(bench).state, move(bench).epochAfter], ["done", 2]);
  const steps = move(bench).steps.map((it) => it.state);
  assert.deepEqual(steps, [
    "checking",
    "checkpoint",
    "draining",
    "stopping",
    "handing-over",
    "done",
  ]);
});

Deno.test("a rehearsal reports and moves nothing", () => {
  const bench = serving();
  assert.deepEqual(kinds(bench.step(10, { requests: [{ ...request, rehearse: true }] })), []);
  assert.equal(move(bench).state, "done");
  assert.ok(move(bench).checks.every((it) => it.ok));
  assert.equal(bench.state.moving, null);
});

Deno.test("what is not well is refused with the reason", () => {
  const { standby } = primary();
  const cases: [Partial<KeeperBench["seen"]>, Partial<SwitchOverCommand>, RegExp][] = [
    [{ server: primary({ standby: null }) }, {}, /does not stream/],
    [{ server: primary({ standby: { ...standby!, lagMs: 1500 } }) }, {}, /1500 ms/],
    [{ lease: held(1, [HOME]) }, {}, /in sync/],
    [{ lease: held(1, BOTH, { durable: false }) }, {}, /in sync/],
    [{ peer: null }, {}, /keeper of us-east does not answer/],
    [{ peer: { healthy: true, cellHealthy: false } }, {}, /cell at us-east/],
    [{}, { to: HOME }, /active already/],
    [{}, { to: "control" }, /no data/],
    [{ lease: elsewhere(PEER, 2, BOTH) }, {}, /us-east is active: ask its keeper/],
    [{ lease: elsewhere(null, 2, BOTH) }, {}, /nobody holds/],
  ];
  for (const [change, wish, reason] of cases) {
    const bench = serving();
    const actions = bench.step(10, { ...change, requests: [{ ...request, ...wish }] });
    assert.equal(move(bench).state, "refused");
    assert.match(move(bench).problem!, reason);
    const audits = actions.flatMap((it) => it.kind === "audit" ? [it.entry] : []);
    const refused = audits.find((it) => it.event === "switch-over-refused");
    assert.equal(refused!.by, "ops");
  }
});

Deno.test("one switch-over at a time, and none twice", () => {
  const bench = serving();
  bench.step(10, { requests: [request] });
  bench.step(10, { requests: [request, { ...request, id: "another" }] });
  assert.deepEqual(bench.state.switchOvers.map((it) => it.state), ["checking", "refused"]);
});

Deno.test("a cell that cannot hold still keeps the cluster where it is", () => {
  const bench = serving();
  bench.step(10, { requests: [request] });
  bench.done(50);
  const resume = cellDone(bench, "no answer");
  assert.ok(kinds(resume).includes("cell"));
  assert.equal(move(bench).state, "failed");
  assert.ok(isHeld(bench.state, bench.seen.lease, bench.seen.server, bench.now));
});

Deno.test("a server that does not stop in time is ended and goes on here", () => {
  const bench = stopping();
  bench.done(5000, {}, "too late");
  assert.equal(move(bench).state, "failed");
  assert.deepEqual(bench.state.server!.operation, { kind: "stop", mode: "immediate" });
  assert.deepEqual(kinds(bench.done(50, { server: FOLDER })), ["start-primary"]);
  bench.done(300, { server: primary() });
  bench.step(100);
  assert.ok(isHeld(bench.state, bench.seen.lease, bench.seen.server, bench.now));
});

Deno.test("a site that does not take over lets this one have it back", () => {
  const bench = stopping();
  bench.done(80, { server: FOLDER });
  const lease = elsewhere(null, 1, BOTH, {}, PEER);
  bench.step(100, { lease });
  let took = 0;
  for (let i = 0; i < 80 && !took; i++) {
    if (kinds(bench.step(100)).includes("acquire")) took = i;
  }
  assert.ok(took >= 38, "after its time");
  const sync = { term: 1, revision: 1, inSync: BOTH };
  bench.step(50, { lease: held(2, BOTH, { sync }) });
  assert.equal(move(bench).state, "failed");
});

Deno.test("without a cell the switch waits until what one was told has run out", () => {
  const bench = serving();
  const cell = { healthy: false, active: false };
  bench.state.answeredUntil = bench.now + 1000;
  bench.step(10, { requests: [request], cell });
  bench.done(50);
  assert.equal(bench.operation, null);
  bench.step(20);
  assert.equal(bench.operation, "stop");
  assert.ok(!kinds(bench.done(50, { server: FOLDER })).includes("release"));
  assert.ok(kinds(bench.step(900)).includes("release"));
});

Deno.test("a lease that is lost on the way ends the switch-over", () => {
  const bench = stopping();
  bench.step(100, { lease: elsewhere(HOME, 1, BOTH) });
  assert.equal(move(bench).state, "failed");
  assert.equal(bench.state.moving, null);
});
