/**
 * Runs worlds until one breaks a promise, and prints it as one JSON line; prints null if none of
 * `SEEDS` does. Run in a copy with a planted bug.
 * @module
 */
import { runSeeds } from "../cli/run_seeds.ts";

const seeds = Number(Deno.args[0]);
let caught: unknown;
try {
  const { violations: [first] } = await runSeeds(1, seeds, 1);
  caught = first ?? null;
} catch (error) {
  // A bug may well break more than a promise.
  caught = { seed: 0, check: "crash", message: String(error) };
}
Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(caught)}\n`));
Deno.exit(0);
