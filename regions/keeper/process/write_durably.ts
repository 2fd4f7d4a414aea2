import { dirname } from "node:path";
import { syncFolder } from "../postgres/sync_folder.ts";

/**
 * Writes a file that is the old or the new one at any time, and the new one for good once this is
 * done, also after a loss of power. Mode 0600. One at a time for each path.
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  const file = await Deno.open(fresh, { create: true, write: true, truncate: true, mode: 0o600 });
  try {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += await file.write(bytes.subarray(at));
    await file.sync();
  } finally {
    file.close();
  }
  await Deno.rename(fresh, path);
  await syncFolder(dirname(path));
}
