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
  const edited = new Map<string, string>();
  for (const edit of edits) edited.set(edit.file, await apply(edit, edited.get(edit.file)));
  const root = await Deno.makeTempDir({ prefix: "antiphon-mutant-" });
  for (const part of PARTS) await copy(join(ROOT, part), join(root, part));
  const { imports } = JSON.parse(await Deno.readTextFile(join(ROOT, "deno.json")));
  const configuration = { nodeModulesDir: "manual", imports };
  await Deno.writeTextFile(join(root, "deno.json"), JSON.stringify(configuration));
  await Deno.symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  for (const [file, text] of edited) await Deno.writeTextFile(join(root, file), text);
  return { root, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

/** @param text what an earlier edit made of the file */
async function apply({ file, find, replace }: Edit, text?: string): Promise<string> {
  const parts = (text ?? await Deno.readTextFile(join(ROOT, file))).split(find);
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
