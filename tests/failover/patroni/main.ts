/**
 * `deno task patroni [scenario…] [--runs N] [--wan] [--json]`: a cluster on Patroni, etcd and
 * PostgreSQL 15 by the documented configuration, and what it does when parts of it die. With `--wan`
 * the sites are the lab's, 80 ms apart, and can be cut off. As root, on Debian.
 * @module
 */
import { parseArgs } from "node:util";
import { ensurePrograms } from "../../setup/ensure_programs.ts";
import { LabNetwork } from "../regions/lab_network.ts";
import { ensureLabPrograms } from "../setup/ensure_lab_programs.ts";
import { PATRONI_PROGRAMS } from "./patroni_programs.ts";
import { PatroniStand } from "./patroni_stand.ts";
import { runPatroniScenario } from "./run_patroni_scenario.ts";
import { PATRONI_SCENARIOS } from "./scenarios/patroni_scenarios.ts";
import { labStand, LOOPBACK } from "./stand_network.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
    wan: { type: "boolean", default: false },
    /** The lab's network, for the part that runs inside it. */
    network: { type: "string" },
  },
});
const known = PATRONI_SCENARIOS.map(({ name }) => name);
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  say(`There is no ${unknown.join(", ")}: ${known.join(", ")}`);
  Deno.exit(2);
}
const chosen = PATRONI_SCENARIOS.filter(({ name, inside }) =>
  positionals.length === 0 ? values.wan || !inside : positionals.includes(name)
);
if (!values.wan && chosen.some(({ inside }) => inside)) {
  say("A site can be cut off with --wan only");
  Deno.exit(2);
}
await ensurePrograms(PATRONI_PROGRAMS, say);
if (values.wan && values.network === undefined) Deno.exit(await insideNetwork());
const network = values.network === undefined
  ? LOOPBACK
  : labStand(LabNetwork.attach(JSON.parse(values.network)));
const results = [];
{
  await using stand = await PatroniStand.start(say, network, true);
  say(`Logs: ${stand.parts.base}`);
  for (let run = 0; run < Number(values.runs); run++) {
    for (const scenario of chosen) {
      const result = await runPatroniScenario(stand, scenario);
      results.push(result);
      await stand.history.write(`${stand.parts.base}/${result.name}-${run}.jsonl`);
      say(
        `${!result.good ? "BAD" : result.inTime ? "ok" : "late"} ${scenario.title}: ${
          JSON.stringify(result)
        }`,
      );
    }
  }
}
if (values.json) Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(results)}\n`));
if (results.some(({ good }) => !good)) Deno.exit(1);

/** Builds the lab's network and runs this program in the world outside its sites. */
async function insideNetwork(): Promise<number> {
  await ensureLabPrograms(say);
  await using lab = await LabNetwork.build();
  const order = JSON.stringify({ ...lab.owner, folder: lab.folder });
  const run = ["run", "-A", "--unstable-net", import.meta.filename!, ...Deno.args];
  const [command, ...prefix] = lab.prefix("world");
  const args = [...prefix, Deno.execPath(), ...run, "--network", order];
  const { code } = await new Deno.Command(command, { args, stdin: "null" }).spawn().status;
  return code;
}

function say(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}
