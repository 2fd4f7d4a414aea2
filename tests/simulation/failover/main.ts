/**
 * `deno task simulate:failover [--seeds N] [--seed S] [--scenario words] [--json] [--history]`: runs N
 * seeds (100) from seed S (1) on of every named fault, or of those whose name holds the words. Prints
 * a row per fault. A broken promise is told with its seed, `--history` tells all of the first one;
 * the exit code is 1 then.
 * @module
 */
import { runWorld } from "./world/run_world.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";

const value = (name: string): string | undefined => {
  const i = Deno.args.indexOf(`--${name}`);
  return i < 0 ? undefined : Deno.args[i + 1];
};
const first = Number(value("seed") ?? 1);
const seeds = Number(value("seeds") ?? (value("seed") ? 1 : 100));
if (!Number.isSafeInteger(first) || !Number.isSafeInteger(seeds)) {
  say("Give --seed and --seeds a whole number");
  Deno.exit(2);
}
const words = value("scenario") ?? "";
const json = Deno.args.includes("--json");
const history = Deno.args.includes("--history");
const chosen = SCENARIOS.filter((it) => it.name.includes(words));
let broken = 0;
for (const scenario of chosen) {
  const start = performance.now();
  const sums = { acknowledged: 0, activations: 0, forgiven: 0, terms: 0 };
  const gaps: number[] = [];
  const heals: number[] = [];
  const failed = new Map<string, number[]>();
  for (let seed = first; seed < first + seeds; seed++) {
    const outcome = runWorld(scenario, seed, history && seeds === 1);
    for (const key of Object.keys(sums) as (keyof typeof sums)[]) sums[key] += outcome.counts[key];
    gaps.push(outcome.gapMs);
    heals.push(outcome.healedMs);
    if (history && seeds === 1) { for (const line of outcome.notes!) print(line); }
    if (outcome.check === null) continue;
    broken++;
    const known = failed.get(outcome.check);
    if (!known) say(`${scenario.name}, seed ${seed}  ${outcome.check}: ${outcome.message}`);
    failed.set(outcome.check, [...known ?? [], seed]);
  }
  const row = {
    scenario: scenario.name,
    seeds,
    broken: Object.fromEntries(failed),
    ...sums,
    gapMs: at(gaps, 0.99),
    healedMs: at(heals, 0.99),
    seconds: Math.round((performance.now() - start) / 100) / 10,
  };
  if (json) print(JSON.stringify(row));
  else {
    const bad = [...failed].map(([check, list]) => `${check} ${list.length}`).join(", ");
    print(
      `${scenario.name.padEnd(48)} ${bad || "kept"}; ${row.acknowledged} acknowledged, ` +
        `${row.activations} activations; p99 gap ${row.gapMs} ms, healed ${row.healedMs} ms; ` +
        `${row.seconds} s`,
    );
  }
}
Deno.exit(broken > 0 ? 1 : 0);

function at(list: number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
