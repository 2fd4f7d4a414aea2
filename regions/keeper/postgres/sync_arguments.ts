import type { PostgresBinaries } from "./postgres_binaries.ts";

/**
 * Arguments with which `initdb` makes a folder last. A call for the whole disk takes a fraction of
 * one for each of a thousand files; it came with PostgreSQL 17, and only Linux has it.
 */
export function syncArguments(
  { version }: PostgresBinaries,
  os: string = Deno.build.os,
): readonly string[] {
  return version >= 17 && os === "linux" ? ["--sync-method=syncfs"] : [];
}
