/**
 * `deno task bench [name] [--json] [--store]`: runs one or all benches, those of the whole platform
 * on one of their own, and prints `{name, machine, results}` each; `--store` keeps them in
 * `tests/bench/results/`.
 * @module
 */
import { ensurePeers } from "../setup/ensure_peers.ts";
import { openStage } from "../story/open_stage.ts";
import { BENCHES } from "./benches.ts";
import { CORE_BENCHES } from "./core_benches.ts";
import { machine } from "./machine.ts";

const json = Deno.args.includes("--json");
const store = Deno.args.includes("--store");
const wanted = Deno.args.filter((arg) => !arg.startsWith("--"));
const known = [...Object.keys(CORE_BENCHES), ...Object.keys(BENCHES)];
const unknown = wanted.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  say(`There is no bench ${unknown.join(", ")}: choose of ${known.join(", ")}`);
  Deno.exit(2);
}
const names = wanted.length > 0 ? wanted : known;
for (const name of names) if (name in CORE_BENCHES) await run(name, CORE_BENCHES[name]);
if (names.some((name) => name in BENCHES)) {
  await ensurePeers(say);
  await using stage = await openStage({});
  for (const name of names) if (name in BENCHES) await run(name, () => BENCHES[name](stage));
}
Deno.exit(0);

async function run(name: string, bench: () => Promise<unknown>): Promise<void> {
  say(`${name} …`);
  const results = await bench();
  const record = { name, date: new Date().toISOString(), machine: await machine(), results };
  const text = JSON.stringify(record, null, json ? undefined : 2);
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
  if (!store) return;
  await Deno.writeTextFile(
    new URL(`./results/${name}.json`, import.meta.url),
    `${JSON.stringify(record, null, 2)}\n`,
  );
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
