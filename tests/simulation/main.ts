/**
 * `deno task simulate [--seeds N] [--seed S] [--workers W] [--json] [--store] [--history]`: runs the
 * worlds of N seeds (100) from seed S (1) on. Prints worlds a second, steps, and how many worlds
 * reached each interesting state. The first broken promise is shrunk and told as a history; the
 * exit code is 1 then. `--store` keeps the report in `tests/bench/results/`; `--history` tells the
 * whole history of one seed.
 * @module
 */
import { machine } from "../bench/machine.ts";
import { CHECKS } from "./checks/checks.ts";
import { runInParallel } from "./cli/run_in_parallel.ts";
import { makePlan } from "./plans/make_plan.ts";
import { explain } from "./world/explain.ts";
import { runPlan } from "./world/run_plan.ts";

const value = (name: string, usual: number): number => {
  const i = Deno.args.indexOf(`--${name}`);
  const given = i < 0 ? usual : Number(Deno.args[i + 1]);
  if (Number.isSafeInteger(given) && given >= 0) return given;
  say(`Give --${name} a whole number`);
  Deno.exit(2);
};
const json = Deno.args.includes("--json");
const first = value("seed", 1);
const seeds = value("seeds", Deno.args.includes("--seed") ? 1 : 100);
const workers = value(
  "workers",
  Math.max(1, Math.min(navigator.hardwareConcurrency, seeds / 50)) | 0,
);

if (Deno.args.includes("--history")) {
  const { history, hash } = await runPlan(makePlan(first), CHECKS, true);
  for (const line of history!) print(line);
  print(`history ${hash}`);
}
const start = performance.now();
const report = await runInParallel(first, seeds, workers, 100, (done) => {
  if (done % 1000 < 50 && done >= 1000) say(`${done} worlds …`);
});
const seconds = (performance.now() - start) / 1000;
const results = {
  ...report,
  workers,
  seconds: round(seconds),
  worldsPerSecond: round(report.seeds / seconds),
};
const record = {
  name: "simulation",
  date: new Date().toISOString(),
  machine: await machine(),
  results,
};
if (json) print(JSON.stringify(record));
else {
  print(
    `${report.seeds} worlds in ${results.seconds} s (${results.worldsPerSecond}/s), ` +
      `${report.steps} steps, ${report.violations.length} broken promises`,
  );
  for (const [name, count] of Object.entries(report.sometimes)) {
    print(`${String(count).padStart(8)}  ${name}`);
  }
}
if (Deno.args.includes("--store")) {
  const path = new URL("../bench/results/simulation.json", import.meta.url);
  await Deno.writeTextFile(path, `${JSON.stringify(record, null, 2)}\n`);
}
for (const { seed, message } of report.violations) say(`seed ${seed}  ${message}`);
const [worst] = report.violations;
if (worst) {
  say(`Shrinking seed ${worst.seed} …`);
  const { plan, outcome } = await explain(worst.seed, worst.check, CHECKS);
  say(`${plan.stimuli.length} of ${makePlan(worst.seed).stimuli.length} stimuli are needed:`);
  for (const line of outcome.history!) say(line);
  Deno.exit(1);
}
Deno.exit(0);

function round(n: number): number {
  return Math.round(n * 10) / 10;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
