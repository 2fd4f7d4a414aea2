import assert from "node:assert/strict";
import fc from "fast-check";
import { A_LAW } from "./a_law.ts";
import { MU_LAW } from "./mu_law.ts";
import { transcodingTable } from "./transcoding_table.ts";

Deno.test("MU_LAW decodes the corner values of G.711 table 2", () => {
  assert.equal(MU_LAW.decode[0x80], 32124);
  assert.equal(MU_LAW.decode[0x00], -32124);
  assert.equal(MU_LAW.decode[0xff], 0);
  assert.equal(MU_LAW.decode[0xfe], 8);
  assert.equal(MU_LAW.encode[0], 0xff);
});

Deno.test("MU_LAW encodes every decoded word back to itself, both zeros to 0xff", () => {
  for (let code = 0; code < 256; code++) {
    const back = MU_LAW.encode[MU_LAW.decode[code] & 0xffff];
    assert.equal(back, code === 0x7f ? 0xff : code);
  }
});

Deno.test("A_LAW decodes the corner values of G.711 table 1 and is its own inverse", () => {
  assert.equal(A_LAW.decode[0xaa], 32256);
  assert.equal(A_LAW.decode[0x2a], -32256);
  assert.equal(A_LAW.decode[0xd5], 8);
  assert.equal(A_LAW.decode[0x55], -8);
  for (let code = 0; code < 256; code++) {
    assert.equal(A_LAW.encode[A_LAW.decode[code] & 0xffff], code);
  }
});

Deno.test("both laws stay within half a step of any sample", () => {
  const sample = fc.integer({ min: -32768, max: 32767 });
  for (const law of [MU_LAW, A_LAW]) {
    fc.assert(fc.property(sample, (s) => {
      const back = law.decode[law.encode[s & 0xffff]];
      const allowed = Math.max(8, Math.abs(s) / 32 + 8);
      return Math.abs(back - Math.max(-32635, Math.min(32635, s))) <= allowed;
    }));
  }
});

Deno.test("transcodingTable() keeps the sign and at most one step of error", () => {
  const table = transcodingTable(MU_LAW, A_LAW);
  for (let code = 0; code < 256; code++) {
    const before = MU_LAW.decode[code];
    const after = A_LAW.decode[table[code]];
    assert.ok(Math.abs(before - after) <= Math.max(8, Math.abs(before) / 16), `${code}`);
  }
  assert.equal(transcodingTable(A_LAW, A_LAW)[77], 77);
  assert.equal(transcodingTable(A_LAW, MU_LAW)[A_LAW.silence] & 0x7f, 0x7e);
});
