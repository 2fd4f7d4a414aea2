import { fileURLToPath } from "node:url";

/** The path of a file of the repository, named from this folder. */
export function localPath(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
