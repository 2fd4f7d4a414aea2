/**
 * The part of the lab that runs in the world's network: brings the platform up, runs scenarios and
 * prints a row each, `{"row":…}`, and what it says meanwhile, `{"say":…}`. Its order comes as the
 * first argument; it ends when its standard input does.
 * @module
 */
import { LabNetwork } from "../regions/lab_network.ts";
import { SCENARIOS } from "../scenarios/scenarios.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { Lab } from "../stage/lab.ts";
import { LabOrder } from "./lab_order.ts";
import { runScenario } from "./run_scenario.ts";

const order = LabOrder.parse(JSON.parse(Deno.args[0]));
const network = LabNetwork.attach(order.network);
const CALLS = { connected: 1, queued: 2, ticking: 1, menu: 1 };
void endWithParent();

let failed = 0;
const chosen = SCENARIOS.filter(({ name }) => order.scenarios.includes(name));
// Scenarios that need nothing of their own share a platform.
const alone = chosen.filter(({ options }) => options !== undefined);
for (const group of [chosen.filter((it) => !alone.includes(it)), ...alone.map((it) => [it])]) {
  if (group.length === 0) continue;
  try {
    await runGroup(group);
  } catch (error) {
    failed += 1;
    say(`The lab broke off at ${group.map(({ name }) => name).join(", ")}: ${describe(error)}`);
  }
}
Deno.exit(failed > 0 ? 1 : 0);

async function runGroup(group: readonly Scenario[]): Promise<void> {
  await network.heal();
  await using lab = await Lab.open({
    ...{ network, browser: order.browser, keep: order.keep, disk: order.disk, say },
    ...group[0].options,
  });
  let number = 0;
  for (const scenario of group) {
    for (let turn = 1; turn <= order.runs; turn++) {
      await lab.inSync();
      say(`${scenario.name}, run ${turn} of ${order.runs}: ${scenario.title}`);
      try {
        const row = await runScenario({
          ...{ lab, scenario, run: ++number, folder: order.folder, short: order.short },
          last: scenario === group.at(-1) && turn === order.runs,
          calls: { ...CALLS, agents: order.browser ? 1 : 0 },
        });
        failed += row.broken.length > 0 ? 1 : 0;
        print({ row: { ...row, run: turn } });
      } catch (error) {
        failed += 1;
        say(`${scenario.name} broke off: ${describe(error)}`);
        await network.heal();
      }
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause ? ` (${describe(error.cause)})` : "";
  return `${error.stack ?? error.message}${cause}`;
}

function say(line: string): void {
  print({ say: line });
}

function print(value: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${JSON.stringify(value)}\n`));
}

/** A killed parent leaves nobody to take the network away; the next run does. */
async function endWithParent(): Promise<void> {
  for await (const _ of Deno.stdin.readable);
  Deno.exit(1);
}
