import assert from "node:assert/strict";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import { runWorld } from "./world/run_world.ts";

/** Seeds of each fault in the test command; `main.ts` runs more. */
const SEEDS = 20;
/** A fault that takes long to play gets fewer. */
const FEW = 4;

for (const scenario of SCENARIOS) {
  Deno.test(`failover, ${scenario.name}: every promise is kept`, () => {
    const seeds = scenario.long ? FEW : SEEDS;
    for (let seed = 1; seed <= seeds; seed++) {
      const { check, message } = runWorld(scenario, seed);
      if (check === null) continue;
      const { notes } = runWorld(scenario, seed, true);
      assert.fail(`seed ${seed} breaks ${check}: ${message}\n${notes!.join("\n")}`);
    }
  });
}

Deno.test("a simulated failover replays bit for bit from its seed", () => {
  const scenario = SCENARIOS.find((it) => it.name === "everything at once")!;
  for (const seed of [2, 71]) {
    const first = runWorld(scenario, seed, true);
    const second = runWorld(scenario, seed, true);
    assert.deepEqual(first, second);
    assert.ok(first.notes!.length > 20);
  }
});

Deno.test("what is announced to be lost is lost, and the rest is there", () => {
  const scenario = SCENARIOS.find((it) => it.name.startsWith("forced"))!;
  let forgiven = 0;
  for (let seed = 1; seed <= SEEDS; seed++) forgiven += runWorld(scenario, seed).counts.forgiven;
  assert.ok(forgiven > 0, "no promotion was forced: make the fault wilder");
});
