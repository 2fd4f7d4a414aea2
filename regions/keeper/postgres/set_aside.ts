import { dirname } from "node:path";
import { removePath } from "./remove_path.ts";
import { syncFolder } from "./sync_folder.ts";

/** Puts a data folder out of the way, in place of the one that was put there last. */
export async function setAside(dataFolder: string): Promise<void> {
  const aside = `${dataFolder}.aside`;
  try {
    await Deno.stat(dataFolder);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  await removePath(aside);
  await Deno.rename(dataFolder, aside);
  await syncFolder(dirname(dataFolder));
}
