import assert from "node:assert/strict";
import { linesOf } from "./lines_of.ts";

Deno.test("linesOf() puts lines together however they were cut", async () => {
  const parts = ["a", "b\nc", "\n\nd"].map((part) => new TextEncoder().encode(part));
  const lines: string[] = [];
  for await (const line of linesOf(ReadableStream.from(parts))) lines.push(line);
  assert.deepEqual(lines, ["ab", "c", "", "d"]);
});
