/**
 * Runs worlds of the faults whose name holds the second argument until one breaks a promise, and
 * prints it as one JSON line; prints null if none of as many seeds as the first argument says does.
 * Run in a copy with a planted bug.
 * @module
 */
import { SCENARIOS } from "../scenarios/scenarios.ts";
import { type Outcome, runWorld } from "../world/run_world.ts";

const [seeds, words] = Deno.args;
const scenarios = SCENARIOS.filter((it) => it.name.includes(words));
let caught: Pick<Outcome, "check" | "scenario" | "seed"> | null = null;
for (let seed = 1; seed <= Number(seeds) && !caught; seed++) {
  for (const scenario of scenarios) {
    const { check } = runWorld(scenario, seed);
    if (check === null) continue;
    caught = { check, scenario: scenario.name, seed };
    break;
  }
}
Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(caught)}\n`));
