import assert from "node:assert/strict";
import fc from "fast-check";
import { makePlan } from "./make_plan.ts";
import type { Plan } from "./plan.ts";
import { shrinkPlan } from "./shrink_plan.ts";

Deno.test("shrinkPlan() keeps what a failure needs and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(1000), fc.array(fc.nat(200)), async (seed, picks) => {
      const plan = makePlan(seed);
      const needed = new Set(
        picks.slice(0, 3).map((n) => plan.stimuli[n % plan.stimuli.length].at),
      );
      const fails = (candidate: Plan) =>
        Promise.resolve([...needed].every((at) => candidate.stimuli.some((s) => s.at === at)));
      const short = await shrinkPlan(plan, fails, 2000);
      assert.ok(await fails(short));
      assert.equal(short.stimuli.length, needed.size);
    }),
    { numRuns: 30 },
  );
});

Deno.test("shrinkPlan() gives up after so many tries", async () => {
  let tried = 0;
  const plan = makePlan(1);
  const fails = () => Promise.resolve(++tried % 3 === 0);
  await shrinkPlan(plan, fails, 20);
  assert.ok(tried <= 20, `${tried}`);
});
