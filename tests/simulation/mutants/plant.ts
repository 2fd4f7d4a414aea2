import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Edit, Mutant } from "./mutant.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** What a simulation is made of. */
const PARTS = ["protocol", "regions", "tests/simulation", "tests/bench"];

/** A copy of the program with one bug more; disposing of it deletes it. */
export interface Planted extends AsyncDisposable {
  root: string;
}

/**
 * Copies what the simulation is made of into a temporary folder and plants a bug there.
 * @throws Error when the text to be replaced does not stand there exactly once
 */
export async function plant(mutant: Mutant): Promise<Planted> {
  const edits = [mutant, ...mutant.also ?? []];
  const edited = await Promise.all(edits.map(apply));
  const root = await Deno.makeTempDir({ prefix: "antiphon-mutant-" });
  for (const part of PARTS) await copy(join(ROOT, part), join(root, part));
  const { imports } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const configuration = { nodeModulesDir: "manual", imports };
  await Deno.writeTextFile(join(root, "deno.json"), JSON.stringify(configuration));
  await Deno.symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  for (const [i, { file }] of edits.entries()) {
    await Deno.writeTextFile(join(root, file), edited[i]);
  }
  return { root, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

async function apply({ file, find, replace }: Edit): Promise<string> {
  const parts = (await Deno.readTextFile(join(ROOT, file))).split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`${file} has ${parts.length - 1} times, not once: ${find}`);
}

async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) await copy(join(from, name), join(to, name));
    else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) {
      await Deno.copyFile(join(from, name), join(to, name));
    }
  }
}
