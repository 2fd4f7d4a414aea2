import { CHECKS } from "../checks/checks.ts";
import { makePlan } from "../plans/make_plan.ts";
import { SometimesCount } from "../sometimes/sometimes.ts";
import { runPlan } from "../world/run_plan.ts";

/** What a set of seeds came to. */
export interface SeedsReport {
  first: number;
  seeds: number;
  steps: number;
  /** In how many worlds each state was reached. */
  sometimes: Record<string, number>;
  /** Seeds that broke a promise, with the name of its check. */
  violations: { seed: number; check: string; message: string }[];
}

/**
 * Runs the worlds of some seeds one after the other, with every check.
 *
 * @param most Stops after so many violations.
 * @param done Called after each seed.
 */
export async function runSeeds(
  first: number,
  seeds: number,
  most = Infinity,
  done: (seed: number) => void = () => {},
): Promise<SeedsReport> {
  const count = new SometimesCount();
  const report: SeedsReport = { first, seeds: 0, steps: 0, sometimes: {}, violations: [] };
  for (let seed = first; seed < first + seeds && report.violations.length < most; seed++) {
    const { violation, steps } = await runPlan(makePlan(seed), [...CHECKS, count.watch]);
    report.seeds += 1;
    report.steps += steps;
    if (violation) {
      report.violations.push({ seed, check: violation.check, message: violation.message });
    }
    done(seed);
  }
  report.sometimes = count.counts;
  return report;
}
