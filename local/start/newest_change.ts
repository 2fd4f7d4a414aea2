import { join } from "node:path";

/** When the newest file below a path was changed, in epoch ms; 0 if there is none. */
export async function newestChange(path: string, skip: ReadonlySet<string>): Promise<number> {
  let info: Deno.FileInfo;
  try {
    info = await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
  if (!info.isDirectory) return info.mtime?.getTime() ?? 0;
  let newest = 0;
  for await (const entry of Deno.readDir(path)) {
    if (skip.has(entry.name)) continue;
    newest = Math.max(newest, await newestChange(join(path, entry.name), skip));
  }
  return newest;
}
