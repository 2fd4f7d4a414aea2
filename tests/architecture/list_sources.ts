import { join } from "node:path";
import { MAY_IMPORT } from "./check_walls.ts";
import { readSource } from "./read_source.ts";
import type { SourceFile } from "./source_file.ts";

/** Folders that hold what others made. */
const SKIPPED = new Set(["node_modules", "dist", "cov"]);

/** Reads every TypeScript file of the folders that have walls. Folders that are absent are not. */
export async function listSources(root: string): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const room of Object.keys(MAY_IMPORT)) await walk(root, room, files);
  return files.sort((a, b) => a.path < b.path ? -1 : 1);
}

async function walk(root: string, folder: string, files: SourceFile[]): Promise<void> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(join(root, folder)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const { name, isDirectory } of entries) {
    const path = `${folder}/${name}`;
    if (isDirectory && !SKIPPED.has(name)) await walk(root, path, files);
    if (/\.[cm]?tsx?$/.test(name)) {
      files.push(readSource(path, await Deno.readTextFile(join(root, path))));
    }
  }
}
