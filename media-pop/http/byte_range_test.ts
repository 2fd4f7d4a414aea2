import assert from "node:assert/strict";
import fc from "fast-check";
import { byteRange } from "./byte_range.ts";

Deno.test("a range is read as RFC 9110 has it", () => {
  const cases: [string | undefined, { from: number; to: number } | null][] = [
    ["bytes=0-3", { from: 0, to: 4 }],
    ["bytes=5-", { from: 5, to: 100 }],
    ["bytes=-10", { from: 90, to: 100 }],
    ["bytes=-1000", { from: 0, to: 100 }],
    ["bytes=90-2000", { from: 90, to: 100 }],
    ["bytes=4-3", null],
    ["bytes=0-1,5-6", null],
    ["bytes=-", null],
    ["seconds=0-1", null],
    [undefined, null],
  ];
  for (const [header, range] of cases) assert.deepEqual(byteRange(header, 100), range, header);
});

Deno.test("a range outside is refused", () => {
  for (const header of ["bytes=100-", "bytes=200-300", "bytes=-0"]) {
    assert.throws(() => byteRange(header, 100), { code: "range_not_satisfiable" });
  }
});

Deno.test("a range always lies within the bytes there are", () => {
  fc.assert(fc.property(fc.string(), fc.nat(), fc.nat(), fc.nat(500), (text, a, b, length) => {
    for (const header of [text, `bytes=${a}-${b}`, `bytes=${a}-`, `bytes=-${b}`]) {
      try {
        const range = byteRange(header, length);
        if (range) assert.ok(0 <= range.from && range.from < range.to && range.to <= length);
      } catch (error) {
        assert.equal((error as { code: unknown }).code, "range_not_satisfiable");
      }
    }
  }));
});
