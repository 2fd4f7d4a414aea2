import { join } from "node:path";
import { z } from "zod";
import { writeDurably } from "./write_durably.ts";

const Instance = z.uuid();

/**
 * Which of the keepers of its name this one is: an id that its state folder keeps, made at the
 * first start. A keeper that is started again is the same one; one with a copied configuration but
 * another state folder is not.
 */
export async function readInstance(folder: string): Promise<string> {
  const path = join(folder, "instance");
  try {
    return Instance.parse((await Deno.readTextFile(path)).trim());
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  const made = crypto.randomUUID();
  await writeDurably(path, `${made}\n`);
  return made;
}
