import assert from "node:assert/strict";
import type { SimulationResult } from "../../../protocol/flow/flow_simulation.ts";
import { simulateInSlices } from "./simulate_in_slices.ts";

function* work(turns: number): Generator<void, SimulationResult> {
  for (let i = 0; i < turns; i++) yield;
  return { end: { how: "ended" } } as SimulationResult;
}

Deno.test("a simulation lets others have their turn, and is given up when nobody waits", async () => {
  let now = 0;
  let pauses = 0;
  const pause = () => Promise.resolve(void pauses++);
  const result = await simulateInSlices(work(100), pause, () => false, () => now += 1);
  assert.equal(result?.end.how, "ended");
  assert.ok(pauses >= 9 && pauses <= 12, `${pauses} pauses`);
  assert.equal(await simulateInSlices(work(100), pause, () => true, () => now += 1), null);
});
