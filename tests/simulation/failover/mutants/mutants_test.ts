import assert from "node:assert/strict";
import { join } from "node:path";
import { plant } from "../../mutants/plant.ts";
import { type FailoverMutant, MUTANTS } from "./mutants.ts";

const SEEDS = 60;
const AT_ONCE = 2;

/** The check that catches a mutant; null if it survives. */
async function hunt(mutant: FailoverMutant): Promise<string | null> {
  await using planted = await plant(mutant);
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--no-lock", "--cached-only"],
      join(planted.root, "tests/simulation/failover/mutants/hunt.ts"),
      ...[String(mutant.seeds ?? SEEDS), mutant.scenario],
    ],
    cwd: planted.root,
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.ok(success, `${mutant.name}: ${text(stderr)}`);
  return JSON.parse(text(stdout))?.check ?? null;
}

Deno.test("the simulated faults catch every planted bug", async () => {
  const waiting = [...MUTANTS];
  const survived: string[] = [];
  const caughtBy = new Set<string>();
  const work = async () => {
    for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
      const check = await hunt(mutant);
      if (check === null) survived.push(mutant.name);
      else caughtBy.add(check);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.deepEqual(survived, []);
  assert.ok(caughtBy.size >= 5, `caught by ${[...caughtBy].sort().join(", ")} alone`);
});
