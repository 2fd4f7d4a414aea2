import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { SCENARIOS } from "../scenarios/scenarios.ts";
import type { Row } from "../rows/row.ts";
import { missingPrograms } from "../setup/missing_programs.ts";

/** What must be zero on however busy a machine; times are for the lab itself. */
const ZERO = [
  ...["callsCut", "lost", "doubled", "reordered", "ownedTwice", "placesLost", "offersDoubled"],
  ...["timersDoubled", "timersLost", "repliesDoubled", "newCallsUnanswered", "stepsLost"],
  ...["rtpBetweenRegions", "socketsLost"],
] as (keyof Row)[];

Deno.test({
  name: "short form of the lab: the main faults cut no call, lose nothing and double nothing",
  ignore: (await missingPrograms()).length > 0,
  async fn() {
    const main = fileURLToPath(new URL("../main.ts", import.meta.url));
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "-A", "--unstable-net", main, "--short", "--json"],
      stdin: "null",
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const rows: Row[] = text(stdout).split("\n").filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line));
    const told = `${text(stdout)}\n${text(stderr)}`;
    const short = SCENARIOS.filter((it) => it.short).map(({ name }) => name);
    assert.deepEqual(rows.map(({ scenario }) => scenario), short, told);
    for (const row of rows) {
      const wrong = ZERO.filter((name) => row[name] !== 0).map((name) => `${name} ${row[name]}`);
      assert.deepEqual(wrong, [], `${row.scenario}: ${told}`);
      assert.ok(row.agentWorkingMs !== null && row.callsEstablished > 0, told);
    }
  },
});
