import assert from "node:assert/strict";
import fc from "fast-check";
import { concat } from "./concat.ts";
import { prf } from "./prf.ts";
import { RecordCipher } from "./record_cipher.ts";

const KEY = new Uint8Array(16).fill(1);
const IV = new Uint8Array(4).fill(2);

function seal(number: number, plain: Uint8Array): Uint8Array {
  const header = Uint8Array.of(22, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, number >> 8, number);
  const body = new RecordCipher(KEY, IV).seal(header, plain);
  return concat(header, Uint8Array.of(body.length >> 8, body.length), body);
}

Deno.test("RecordCipher opens each record once, in any order within its window", () => {
  const opener = new RecordCipher(KEY, IV);
  const plain = Uint8Array.of(1, 2, 3);
  for (const number of [100, 98, 99, 160]) {
    assert.deepEqual(opener.open(seal(number, plain)), plain);
    assert.equal(opener.open(seal(number, plain)), undefined);
  }
  assert.equal(opener.open(seal(96, plain)), undefined, "too old to tell");
});

Deno.test("RecordCipher refuses any flipped bit and still takes the true record after", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), fc.nat(), (plain, at) => {
    const opener = new RecordCipher(KEY, IV);
    const record = seal(5, plain);
    const forged = record.slice();
    const covered = [0, 1, 2, ...Array.from({ length: record.length - 13 }, (_, i) => 13 + i)];
    forged[covered[at % covered.length]] ^= 1;
    assert.equal(opener.open(forged), undefined);
    assert.deepEqual(opener.open(record), plain);
  }));
});

Deno.test("prf() gives the known answer of TLS 1.2 with SHA-256", () => {
  const secret = Uint8Array.fromHex("9bbe436ba940f017b17652849a71db35");
  const seed = Uint8Array.fromHex("a0ba9f936cda311827a6f796ffd5198c");
  assert.equal(
    prf(secret, "test label", seed, 100).toHex(),
    "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9" +
      "af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110" +
      "fff70187347b66",
  );
});
