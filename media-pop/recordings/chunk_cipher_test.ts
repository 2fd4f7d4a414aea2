import assert from "node:assert/strict";
import fc from "fast-check";
import { CHUNK_OVERHEAD, ChunkCipher } from "./chunk_cipher.ts";

const cipher = new ChunkCipher(new Uint8Array(32).fill(7));

Deno.test("a chunk opens in its place only, whole and unchanged", () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(fc.property(bytes, fc.nat(20_000), fc.nat(), (plain, number, at) => {
    const sealed = cipher.seal(number, plain);
    assert.equal(sealed.length, plain.length + CHUNK_OVERHEAD);
    assert.deepEqual(cipher.open(number, sealed), new Uint8Array(plain));
    assert.equal(cipher.open(number + 1, sealed), null);
    assert.equal(cipher.open(number, sealed.subarray(0, -1)), null);
    sealed[at % sealed.length] ^= 1;
    assert.equal(cipher.open(number, sealed), null);
  }));
});
