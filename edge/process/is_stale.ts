import { join } from "node:path";

const SKIPPED = new Set(["dist", "node_modules", "testing"]);

/** Whether an output is missing, or older than any file it is made from. Tests do not count. */
export async function isStale(output: string, sources: readonly string[]): Promise<boolean> {
  const made = (await Deno.stat(output).catch(() => null))?.mtime?.getTime();
  if (made === undefined) return true;
  for (const source of sources) {
    if (await newerIn(source, made)) return true;
  }
  return false;
}

async function newerIn(path: string, than: number): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => null);
  if (!info) return false;
  if (!info.isDirectory) return (info.mtime?.getTime() ?? 0) > than;
  for await (const { name } of Deno.readDir(path)) {
    if (SKIPPED.has(name) || name.endsWith("_test.ts")) continue;
    if (await newerIn(join(path, name), than)) return true;
  }
  return false;
}
