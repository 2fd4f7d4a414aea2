/**
 * `deno task patroni [scenario…] [--runs N] [--json]`: a cluster on Patroni, etcd and PostgreSQL 15
 * by the documented configuration, and what it does when parts of it die. As root, on Debian.
 * @module
 */
import { parseArgs } from "node:util";
import { ensurePrograms } from "../../setup/ensure_programs.ts";
import { PATRONI_PROGRAMS } from "./patroni_programs.ts";
import { PatroniStand } from "./patroni_stand.ts";
import { runPatroniScenario } from "./run_patroni_scenario.ts";
import { PATRONI_SCENARIOS } from "./scenarios/patroni_scenarios.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const known = PATRONI_SCENARIOS.map(({ name }) => name);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  say(`There is no ${unknown.join(", ")}: ${known.join(", ")}`);
  Deno.exit(2);
}
const chosen = PATRONI_SCENARIOS.filter(({ name }) =>
  positionals.length === 0 || positionals.includes(name)
);
await ensurePrograms(PATRONI_PROGRAMS, say);
const results = [];
{
  await using stand = await PatroniStand.start(say);
  say(`Logs: ${stand.parts.base}`);
  for (let run = 0; run < Number(values.runs); run++) {
    for (const scenario of chosen) {
      const result = await runPatroniScenario(stand, scenario);
      results.push(result);
      await stand.history.write(`${stand.parts.base}/${result.name}-${run}.jsonl`);
      say(`${result.good ? "ok" : "BAD"} ${scenario.title}: ${JSON.stringify(result)}`);
    }
  }
}
if (values.json) Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(results)}\n`));
if (results.some(({ good }) => !good)) Deno.exit(1);

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
