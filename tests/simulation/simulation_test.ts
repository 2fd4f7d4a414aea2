import assert from "node:assert/strict";
import { CHECKS } from "./checks/checks.ts";
import type { MakeObserver } from "./checks/observer.ts";
import { Violation } from "./checks/violation.ts";
import { runSeeds } from "./cli/run_seeds.ts";
import { makePlan } from "./plans/make_plan.ts";
import { SOMETIMES } from "./sometimes/sometimes.ts";
import { explain } from "./world/explain.ts";
import { runPlan } from "./world/run_plan.ts";

/** Worlds of the test command; `deno task simulate` runs more. */
const SEEDS = 200;

Deno.test("simulated worlds keep every promise and reach every interesting state", async () => {
  const { violations, sometimes, seeds } = await runSeeds(1, SEEDS, 1);
  for (const { seed, check } of violations) {
    const { plan, outcome } = await explain(seed, check, CHECKS);
    assert.fail(
      `seed ${seed}, shrunk to ${plan.stimuli.length} stimuli:\n${outcome.history!.join("\n")}`,
    );
  }
  assert.equal(seeds, SEEDS);
  const missed = SOMETIMES.filter((name) => !sometimes[name]);
  assert.deepEqual(missed, [], "never reached: make the plans wilder");
});

Deno.test("a simulated world replays bit for bit from its seed", async () => {
  for (const seed of [3, 14, 159]) {
    const first = await runPlan(makePlan(seed), CHECKS);
    const second = await runPlan(makePlan(seed), CHECKS, true);
    assert.equal(first.hash, second.hash);
    assert.equal(first.steps, second.steps);
    assert.ok(second.lines > 100);
  }
  const [a, b] = await Promise.all([1, 2].map((seed) => runPlan(makePlan(seed), [])));
  assert.notEqual(a.hash, b.hash);
});

Deno.test("worlds that run side by side do not disturb each other", async () => {
  const alone = await runPlan(makePlan(7), CHECKS);
  const [beside] = await Promise.all([7, 8, 9].map((seed) => runPlan(makePlan(seed), CHECKS)));
  assert.equal(beside.hash, alone.hash);
});

Deno.test("a broken promise is shrunk to a history that still breaks it", async () => {
  const noOffers: MakeObserver = () => ({
    beforeEvent(_view, event) {
      if (event.type === "offer.made") throw new Violation("no-offers", event.interactionId);
    },
  });
  const before = await runPlan(makePlan(5), [noOffers]);
  assert.equal(before.violation?.check, "no-offers");
  const { plan, outcome } = await explain(5, "no-offers", [noOffers]);
  assert.ok(plan.stimuli.length <= 3, "one contact and one agent make an offer");
  assert.match(outcome.history!.at(-1)!, /no-offers/);
});
