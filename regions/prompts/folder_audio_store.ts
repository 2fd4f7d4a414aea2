import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { AudioStore } from "./audio_store.ts";

/**
 * An audio store in a folder, one folder below it for each tenant. Files are written whole or not at
 * all. Cells of one cluster share the folder.
 *
 * @param folder Null: there is none, and nothing can be kept. Throws `unavailable` then.
 */
export function folderAudioStore(folder: string | null): AudioStore {
  const pathOf = (tenantId: string, hash: string) => {
    if (folder !== null) return join(folder, tenantId, hash);
    throw new AntiphonError("unavailable", "Set AUDIO_DIR to let tenants upload audio");
  };
  return {
    async put(tenantId, hash, codes) {
      const path = pathOf(tenantId, hash);
      if (await isThere(path)) return;
      await Deno.mkdir(join(path, ".."), { recursive: true, mode: 0o700 });
      const draft = `${path}.${crypto.randomUUID()}.tmp`;
      try {
        using file = await Deno.open(draft, { write: true, createNew: true, mode: 0o600 });
        for (let at = 0; at < codes.length;) at += await file.write(codes.subarray(at));
        await file.sync();
        await Deno.rename(draft, path);
      } catch (cause) {
        // What is left of it harms nobody; the reason it failed is what counts.
        await Deno.remove(draft).catch(() => {});
        throw new AntiphonError("unavailable", "The audio cannot be stored: try again", { cause });
      }
    },
    async get(tenantId, hash) {
      if (folder === null) return null;
      try {
        return await Deno.readFile(pathOf(tenantId, hash));
      } catch (cause) {
        if (cause instanceof Deno.errors.NotFound) return null;
        throw new AntiphonError("unavailable", "The audio cannot be read: try again", { cause });
      }
    },
    has: async (tenantId, hash) => folder !== null && await isThere(pathOf(tenantId, hash)),
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return false;
    throw new AntiphonError("unavailable", "The audio cannot be read: try again", { cause });
  }
}
