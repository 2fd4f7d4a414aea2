import { join } from "node:path";

/** Whether `output` is newer than every file below `sources`. Paths are relative to `root`. */
export async function isFresh(root: string, output: string, sources: string[]): Promise<boolean> {
  const built = await Deno.stat(join(root, output)).catch(() => null);
  if (!built?.mtime) return false;
  for (const source of sources) {
    if (await newest(join(root, source)) > built.mtime.getTime()) return false;
  }
  return true;
}

async function newest(path: string): Promise<number> {
  const info = await Deno.stat(path);
  if (info.isFile) return info.mtime?.getTime() ?? Infinity;
  let latest = 0;
  for await (const entry of Deno.readDir(path)) {
    if (entry.name === "dist" || entry.name === "node_modules") continue;
    latest = Math.max(latest, await newest(join(path, entry.name)));
  }
  return latest;
}
