import { posix } from "node:path";
import type { SourceFile } from "./source_file.ts";
import type { Violation } from "./violation.ts";

/** Programs, tests and declarations are named after what they are, not after an export. */
const EXEMPT =
  /(^|\/)(main|start|call|build)\.ts$|_test\.ts$|_bench\.ts$|\.d\.ts$|^tests\/|\/testing\//;

/**
 * Finds files that are not named after what they export. Compared loosely: one word of the file's
 * name must stand in an exported name. Files in `protocol/` hold whole vocabularies and are named
 * after the subject, stand-ins for tests after their part.
 */
export function checkNames(files: readonly SourceFile[]): Violation[] {
  return files.filter((file) => !isWellNamed(file)).map((file) => ({
    rule: "name",
    path: file.path,
    line: 1,
    message: `exports ${file.exports.join(", ")}: name the file after one of them, in snake_case`,
  }));
}

function isWellNamed({ path, exports }: SourceFile): boolean {
  if (EXEMPT.test(path) || path.startsWith("protocol/") || exports.length === 0) return true;
  if (exports.includes("default")) return true;
  const name = posix.basename(path).replace(/\.[cm]?tsx?$/, "");
  if (exports.some((it) => it.toLowerCase() === name.replaceAll("_", ""))) return true;
  const words = new Set(exports.flatMap(wordsOf));
  return wordsOf(name).some((word) => words.has(word));
}

/** Words of a snake_case, camelCase, PascalCase or UPPER_CASE name, in the singular. */
function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase().split("_")
    .map((word) => word.replace(/(?<=..)s$/, ""));
}
