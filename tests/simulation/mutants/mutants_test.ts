import assert from "node:assert/strict";
import { join } from "node:path";
import type { Mutant } from "./mutant.ts";
import { MUTANTS } from "./mutants.ts";
import { plant } from "./plant.ts";

const SEEDS = 120;
const AT_ONCE = 2;

/** The check that catches a mutant; null if it survives. */
async function hunt(mutant: Mutant): Promise<string | null> {
  await using planted = await plant(mutant);
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--no-lock", "--cached-only"],
      ...[join(planted.root, "tests/simulation/mutants/hunt.ts"), String(mutant.seeds ?? SEEDS)],
    ],
    cwd: planted.root,
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.ok(success, `${mutant.name}: ${text(stderr)}`);
  return JSON.parse(text(stdout))?.check ?? null;
}

Deno.test("the simulation catches every planted bug", async () => {
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
  assert.ok(!caughtBy.has("crash"), "a planted bug must run");
  assert.ok(caughtBy.size >= 10, `caught by ${[...caughtBy].sort().join(", ")} alone`);
});

Deno.test("plant() refuses a bug whose place has gone", async () => {
  const mutant = { ...MUTANTS[0], find: "no such text" };
  await assert.rejects(plant(mutant), /has 0 times, not once/);
});
