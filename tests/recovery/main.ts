/**
 * `deno task recovery [--kills N] [--postgres-every N] [--seed N] [--json] [--store]`: kills a cell's core and its
 * PostgreSQL at random moments under load and compares what was acknowledged with what is there;
 * `--store` keeps the result in `tests/bench/results/`.
 * @module
 */
import { parseArgs } from "node:util";
import { machine } from "../bench/machine.ts";
import { runRecovery } from "./run_recovery.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: {
    kills: { type: "string", default: "300" },
    "postgres-every": { type: "string", default: "10" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    json: { type: "boolean", default: false },
    store: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed);
const results = await runRecovery({
  kills: Number(values.kills),
  seed,
  postgresEvery: Number(values["postgres-every"]),
  say: (line) => void Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`)),
});
const record = {
  name: "recovery",
  date: new Date().toISOString(),
  machine: await machine(),
  results: { seed, ...results },
};
const text = JSON.stringify(record, null, values.json ? undefined : 2);
Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
if (values.store) {
  const path = new URL("../bench/results/recovery.json", import.meta.url);
  await Deno.writeTextFile(path, `${JSON.stringify(record, null, 2)}\n`);
}
