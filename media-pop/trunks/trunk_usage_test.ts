import assert from "node:assert/strict";
import { TrunkUsage } from "./trunk_usage.ts";

const trunk = { id: "t", maxCalls: 2, maxCallsPerSecond: 3 };

Deno.test("TrunkUsage refuses the call past maxCalls until one ends", () => {
  const usage = new TrunkUsage();
  assert.equal(usage.start(trunk, 0), null);
  assert.equal(usage.start(trunk, 0), null);
  assert.equal(usage.start(trunk, 0), "max_calls");
  usage.end("t");
  assert.equal(usage.start(trunk, 1000), null);
  assert.equal(usage.live("t"), 2);
});

Deno.test("TrunkUsage refuses calls past the rate and takes up a changed one", () => {
  const usage = new TrunkUsage();
  const busy = { ...trunk, maxCalls: 100 };
  for (let i = 0; i < 3; i++) assert.equal(usage.start(busy, 0), null);
  assert.equal(usage.start(busy, 0), "calls_per_second");
  assert.equal(usage.start({ ...busy, maxCallsPerSecond: 9 }, 0), null);
});
