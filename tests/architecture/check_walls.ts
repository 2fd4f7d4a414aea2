import { posix } from "node:path";
import type { SourceFile } from "./source_file.ts";
import type { Violation } from "./violation.ts";

/** What each folder at the root may import besides npm packages and Node's own modules. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "control-plane": ["control-plane", "protocol"],
  regions: ["regions", "protocol"],
  "media-pop": ["media-pop", "protocol"],
  edge: ["edge", "protocol"],
  protocol: ["protocol"],
  local: ["local", "protocol"],
  tests: ["tests", "local", "protocol"],
};

/**
 * Folders of `tests/` that drive a room's core itself, since what they show cannot be shown over the
 * wire: a simulation needs the machine without its clock, a bench its decisions without the network,
 * a crash test its log without the rest.
 */
export const DRIVES: Readonly<Record<string, string>> = {
  "tests/simulation": "regions",
  "tests/bench": "regions",
  "tests/recovery": "regions",
  "tests/flows": "regions",
};

/** Finds imports through a wall, and packages that are not named in deno.json. */
export function checkWalls(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) =>
    file.imports.flatMap(({ specifier, line }): Violation[] => {
      const message = problemOf(file.path, specifier);
      return message ? [{ rule: "wall", path: file.path, line, message }] : [];
    })
  );
}

function problemOf(path: string, specifier: string): string | undefined {
  if (
    /^(npm|jsr|https?):/.test(specifier) && !/^npm:(@[^@/]+\/)?[^@/]+@\d+\.\d+\.\d+/.test(specifier)
  ) {
    return `imports ${specifier}: name the package in deno.json, with its exact version`;
  }
  if (/^(file:|data:|\/)/.test(specifier)) return `imports ${specifier}: use a relative path`;
  if (!specifier.startsWith(".")) return undefined;
  const room = path.split("/")[0];
  const target = posix.join(posix.dirname(path), specifier);
  const allowed = MAY_IMPORT[room];
  if (!allowed) return `lies outside of the known folders: ${Object.keys(MAY_IMPORT).join(", ")}`;
  const targetRoom = target.split("/")[0];
  if (allowed.includes(targetRoom)) return undefined;
  if (DRIVES[path.split("/").slice(0, 2).join("/")] === targetRoom) return undefined;
  return `${room}/ imports ${target}: it may import ${
    allowed.map((name) => `${name}/`).join(", ")
  } only`;
}
