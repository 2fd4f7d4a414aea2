import assert from "node:assert/strict";
import fc from "fast-check";
import { formatLsn, parseLsn } from "./lsn.ts";

Deno.test("a position is read as it was written", () => {
  assert.equal(formatLsn(0x3000060n), "0/3000060");
  assert.equal(parseLsn("16/B374D848"), 0x16b374d848n);
  fc.assert(fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (position) => {
    assert.equal(parseLsn(formatLsn(position)), position);
  }));
});

Deno.test("what is no position is refused", () => {
  for (const text of ["", "0", "0/", "/0", "0/123456789", "G/0", "0/0/0", " 0/0"]) {
    assert.throws(() => parseLsn(text), SyntaxError);
  }
});
