import assert from "node:assert/strict";
import fc from "fast-check";
import { readLines } from "./read_lines.ts";

Deno.test("readLines() gives the same lines however the bytes are cut", async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.string({ unit: "grapheme" }).map((s) => s.replace(/[\r\n]/g, "_")), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.integer({ min: 1, max: 7 }),
    async (lines, size) => {
      const bytes = new TextEncoder().encode(lines.join("\n") + "\n");
      const cut = Array.from(
        { length: Math.ceil(bytes.length / size) },
        (_, i) => bytes.subarray(i * size, (i + 1) * size),
      );
      const read = await Array.fromAsync(readLines(ReadableStream.from(cut)));
      assert.deepEqual(read, lines);
    },
  ));
});

Deno.test("readLines() cuts a line without end", async () => {
  const bytes = new TextEncoder().encode("x".repeat(70_000));
  const read = await Array.fromAsync(readLines(ReadableStream.from([bytes])));
  assert.deepEqual(read.map((line) => line.length), [65_536, 4464]);
});
