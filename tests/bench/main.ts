/**
 * `deno task bench [name] [--json] [--store]`: runs one or all benches, on a platform of its own where one is needed, and
 * prints `{name, machine, results}` each; `--store` keeps them in `tests/bench/results/`.
 * @module
 */
import { ensurePeers } from "../setup/ensure_peers.ts";
import { openStage } from "../story/open_stage.ts";
import { ALONE, STAGED } from "./benches.ts";
import { machine } from "./machine.ts";

const json = Deno.args.includes("--json");
const store = Deno.args.includes("--store");
const wanted = Deno.args.filter((arg) => !arg.startsWith("--"));
const all = { ...ALONE, ...STAGED };
const unknown = wanted.filter((name) => !(name in all));
if (unknown.length > 0) {
  say(`There is no bench ${unknown.join(", ")}: choose of ${Object.keys(all).join(", ")}`);
  Deno.exit(2);
}
const names = (of: object) =>
  Object.keys(of).filter((name) => wanted.length === 0 || wanted.includes(name));
for (const name of names(ALONE)) await run(name, ALONE[name]);
if (names(STAGED).length > 0) {
  await ensurePeers(say);
  await using stage = await openStage({});
  for (const name of names(STAGED)) await run(name, () => STAGED[name](stage));
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
