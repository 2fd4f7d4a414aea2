import type { MakeObserver } from "../checks/observer.ts";
import { makePlan } from "../plans/make_plan.ts";
import type { Plan } from "../plans/plan.ts";
import { shrinkPlan } from "../plans/shrink_plan.ts";
import { type Outcome, runPlan } from "./run_plan.ts";

/** A broken promise with the shortest plan that was found for it. */
export interface Finding {
  outcome: Outcome;
  plan: Plan;
}

/** Shrinks a seed's plan that broke a promise, and runs what is left of it with its history. */
export async function explain(
  seed: number,
  check: string,
  observers: readonly MakeObserver[],
): Promise<Finding> {
  const fails = async (plan: Plan) => (await runPlan(plan, observers)).violation?.check === check;
  const plan = await shrinkPlan(makePlan(seed), fails);
  return { plan, outcome: await runPlan(plan, observers, true) };
}
