import assert from "node:assert/strict";
import { held, HOME, KeeperBench, kinds, PEER, primary } from "./testing/keeper_bench.ts";

const MEMORY = { data: "primary" as const, term: 1, handedOver: false };
const BOTH = [HOME, PEER];
const away = primary({ standby: null });

function serving(inSync: string[], server = primary()): KeeperBench {
  const bench = new KeeperBench(MEMORY);
  bench.step(100, { lease: held(1, inSync), server });
  bench.step(100);
  return bench;
}

Deno.test("a standby that is away is given up in three steps: time, majority, commits", () => {
  const bench = serving(BOTH);
  for (let i = 0; i < 30; i++) assert.deepEqual(kinds(bench.step(100, { server: away })), []);
  const [publish] = bench.step(100);
  assert.deepEqual(publish, { kind: "publish", inSync: [HOME] });
  const pending = held(1, [HOME], { durable: false });
  assert.deepEqual(kinds(bench.step(100, { lease: pending })), [], "commits wait still");
  assert.deepEqual(kinds(bench.step(100, { lease: held(1, [HOME]) })), ["set-synchronous"]);
  assert.deepEqual(bench.state.server!.operation, { kind: "set-synchronous", standby: null });
  assert.match(bench.state.degraded!.reason, /away/);
});

Deno.test("a standby that comes back in time is kept", () => {
  const bench = serving(BOTH);
  for (let i = 0; i < 10; i++) {
    bench.step(2900, { server: away });
    assert.deepEqual(kinds(bench.step(100, { server: primary() })), []);
  }
});

Deno.test("a standby whose lag is as long as that is given up at once", () => {
  const bench = serving(BOTH);
  const { standby } = primary();
  const server = primary({ standby: { ...standby!, lagMs: 3000 } });
  assert.deepEqual(kinds(bench.step(100, { server })), ["publish"]);
});

Deno.test("a standby is taken in again when it is near, seen to be waited for, and has caught up", () => {
  const bench = serving([HOME], primary({ synchronous: null }));
  const { standby } = primary();
  const since = bench.now;
  while (bench.operation === null) bench.step(100);
  assert.ok(bench.now - since >= 4800, "it stayed near for its time");
  assert.deepEqual(bench.state.server!.operation, { kind: "set-synchronous", standby: PEER });
  const named = (replayed: bigint) =>
    primary({ position: 7000n, standby: { ...standby!, replayed } });
  assert.deepEqual(kinds(bench.done(50, { server: named(6000n) })), []);
  assert.deepEqual(kinds(bench.step(900)), [], "backends take the change in in their own time");
  assert.deepEqual(kinds(bench.step(200)), [], "the position to be reached is taken only now");
  assert.deepEqual(kinds(bench.step(100)), []);
  assert.deepEqual(kinds(bench.step(100, { server: named(7000n) })), ["publish"]);
  assert.equal(bench.state.degraded, null);
});

Deno.test("a server that starts anew while its standby is taken in begins that anew", () => {
  const bench = serving([HOME], primary({ synchronous: null }));
  for (let i = 0; i < 60 && !bench.state.joining; i++) bench.step(100);
  bench.done(50, { server: primary() });
  assert.ok(bench.state.joining!.namedSince);
  bench.step(100, { server: { ...primary(), running: false, accepting: false, recovery: null } });
  assert.equal(bench.state.joining, null);
});

Deno.test("a standby that goes while it is taken in holds commits up no longer than any other", () => {
  const bench = serving([HOME], primary({ synchronous: null }));
  for (let i = 0; i < 60 && !bench.state.joining; i++) bench.step(100);
  bench.done(50, { server: away });
  for (let i = 0; i < 29; i++) assert.deepEqual(kinds(bench.step(100)), []);
  bench.step(100);
  assert.deepEqual(kinds(bench.step(100)), ["set-synchronous"]);
});

Deno.test("commits that do not wait for a standby that counts are made to", () => {
  const bench = serving(BOTH, primary());
  assert.deepEqual(
    kinds(bench.step(100, { server: primary({ synchronous: null }) })),
    ["set-synchronous"],
  );
});
