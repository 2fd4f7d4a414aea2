/**
 * `deno task bench [name] [--json] [--store]`: runs one or all benches on a platform of its own and
 * prints `{name, machine, results}` each; `--store` keeps them in `tests/bench/results/`.
 * @module
 */
import { ensurePeers } from "../setup/ensure_peers.ts";
import { openStage } from "../story/open_stage.ts";
import { BENCHES } from "./benches.ts";
import { machine } from "./machine.ts";

const json = Deno.args.includes("--json");
const store = Deno.args.includes("--store");
const wanted = Deno.args.filter((arg) => !arg.startsWith("--"));
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  say(`There is no bench ${unknown.join(", ")}: choose of ${Object.keys(BENCHES).join(", ")}`);
  Deno.exit(2);
}
const names = wanted.length > 0 ? wanted : Object.keys(BENCHES);
await ensurePeers(say);
{
  await using stage = await openStage({});
  for (const name of names) {
    say(`${name} …`);
    const results = await BENCHES[name](stage);
    const record = { name, date: new Date().toISOString(), machine: await machine(), results };
    const text = JSON.stringify(record, null, json ? undefined : 2);
    Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
    if (!store) continue;
    await Deno.writeTextFile(
      new URL(`./results/${name}.json`, import.meta.url),
      `${JSON.stringify(record, null, 2)}\n`,
    );
  }
}
Deno.exit(0);

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
