/**
 * `deno task lab [scenario…] [--json] [--runs N] [--keep] [--disk] [--store] [--no-browser] [--list]`: the
 * platform over three regions that are 80 ms apart, load on it, one fault at a time, and a judgement
 * of what every client saw; a row a run. Needs root on Linux; elsewhere it says so and skips.
 * @module
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildWeb } from "../../local/start/build_web.ts";
import { readLines } from "../../local/processes/read_lines.ts";
import { machine } from "../bench/machine.ts";
import { LabNetwork } from "./regions/lab_network.ts";
import { sweepLeftOver } from "./regions/sweep_left_over.ts";
import { withTable } from "./rows/document_table.ts";
import { formatRow } from "./rows/format_row.ts";
import { readResults } from "./rows/read_results.ts";
import type { Row } from "./rows/row.ts";
import { storeRows } from "./rows/store_rows.ts";
import { summary } from "./rows/summary.ts";
import type { LabOrder } from "./run/lab_order.ts";
import { SCENARIOS } from "./scenarios/scenarios.ts";
import { ensureLabPrograms } from "./setup/ensure_lab_programs.ts";
import { missingPrograms } from "./setup/missing_programs.ts";

const HERE = new URL(".", import.meta.url).pathname;
const { values: flags, positionals: wanted } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    json: { type: "boolean", default: false },
    runs: { type: "string", default: "1" },
    keep: { type: "boolean", default: false },
    store: { type: "boolean", default: false },
    browser: { type: "boolean", default: true },
    disk: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});
if (flags.list) {
  for (const { name, title } of SCENARIOS) print(`${name.padEnd(26)} ${title}`);
  Deno.exit(0);
}
const names = SCENARIOS.map(({ name }) => name);
const unknown = wanted.filter((name) => !names.includes(name));
const runs = Number(flags.runs);
if (unknown.length > 0) {
  say(`There is no scenario ${unknown.join(", ")}: choose of ${names.join(", ")}`);
  Deno.exit(2);
}
if (!Number.isInteger(runs) || runs < 1 || runs > 1000) {
  say("--runs takes a whole number from 1 to 1000");
  Deno.exit(2);
}
const unfit = (await missingPrograms()).filter((it) => it === "root" || it === "linux");
if (unfit.length > 0) {
  say(`Skipped: the lab needs ${unfit[0] === "root" ? "root" : "Linux"} for its networks`);
  Deno.exit(0);
}
await ensureLabPrograms(say);
await buildWeb(new URL("../..", import.meta.url).pathname);
const swept = await sweepLeftOver();
if (swept.length > 0) say(`Took away what killed runs had left: ${swept.join(", ")}`);

const rows: Row[] = [];
const code = await runInside();
if (runs > 1) { for (const line of summary(rows)) (flags.json ? print : say)(line); }
if (flags.store) {
  const measured = { date: new Date().toISOString(), machine: await machine() };
  await storeRows(join(HERE, "results"), rows, measured);
  const document = join(HERE, "../../docs/failover-lab.md");
  const text = await Deno.readTextFile(document);
  await Deno.writeTextFile(document, withTable(text, await readResults(join(HERE, "results"))));
}
Deno.exit(code);

async function runInside(): Promise<number> {
  await using network = await LabNetwork.build();
  const folder = await Deno.makeTempDir({ prefix: "antiphon-histories-" });
  const chosen = SCENARIOS.filter(({ name, short }) =>
    wanted.length > 0 ? wanted.includes(name) : short || !flags.short
  );
  const order: LabOrder = {
    ...{ scenarios: chosen.map(({ name }) => name), runs, folder },
    ...{
      browser: flags.browser && !flags.short,
      keep: flags.keep,
      short: flags.short,
      disk: flags.disk,
    },
    network: { ...network.owner, folder: network.folder },
  };
  const program = new URL("./run/inside.ts", import.meta.url).pathname;
  const [command, ...prefix] = network.prefix("world");
  const run = ["run", "--quiet", "-A", "--unstable-net", program, JSON.stringify(order)];
  const child = new Deno.Command(command, {
    // Others on this machine are no part of what is measured.
    args: [...prefix, "nice", "-n", "-10", Deno.execPath(), ...run],
    ...{ stdin: "piped", stdout: "piped", stderr: "inherit" } as const,
  }).spawn();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      child.stdin.close().catch(() => {});
    });
  }
  for await (const line of readLines(child.stdout)) hear(line);
  const { code } = await child.status;
  if (!flags.keep && rows.every(({ broken }) => broken.length === 0)) {
    await Deno.remove(folder, { recursive: true });
  } else {
    say(`The histories are in ${folder}`);
  }
  return code;
}

function hear(line: string): void {
  if (!line.startsWith("{")) return;
  const { say: words, row } = JSON.parse(line) as { say?: string; row?: Row };
  if (words !== undefined) say(words);
  if (row === undefined) return;
  rows.push(row);
  print(flags.json ? JSON.stringify(row) : formatRow(row));
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
