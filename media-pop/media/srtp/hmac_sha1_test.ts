import assert from "node:assert/strict";
import { createCipheriv, createHmac } from "node:crypto";
import fc from "fast-check";
import { Aes128Counter } from "./aes128_counter.ts";
import { HmacSha1 } from "./hmac_sha1.ts";

const bytes = (hex: string) => Uint8Array.fromHex(hex.replaceAll(" ", ""));

Deno.test("HmacSha1 agrees with node:crypto for any key and message", () => {
  const key = fc.uint8Array({ minLength: 1, maxLength: 64 });
  fc.assert(fc.property(key, fc.uint8Array({ maxLength: 300 }), (k, message) => {
    const own = new HmacSha1(k);
    own.update(message, message.length);
    assert.deepEqual([...own.digest], [...createHmac("sha1", k).update(message).digest()]);
  }));
});

Deno.test("Aes128Counter gives the keystream of RFC 3711 B.2", () => {
  const cipher = new Aes128Counter(bytes("2B7E151628AED2A6ABF7158809CF4F3C"));
  const stream = new Uint8Array(48);
  cipher.apply(0xf0f1f2f3, 0xf4f5f6f7, 0xf8f9fafb, 0xfcfd0000, stream, 0, 48);
  assert.equal(
    stream.toHex().toUpperCase(),
    "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0",
  );
});

Deno.test("Aes128Counter agrees with node:crypto for any length and offset", () => {
  const key = fc.uint8Array({ minLength: 16, maxLength: 16 });
  const message = fc.uint8Array({ minLength: 1, maxLength: 200 });
  fc.assert(fc.property(key, key, message, fc.nat(20), (k, iv, plain, skip) => {
    iv[14] = iv[15] = 0;
    const v = new DataView(iv.buffer, iv.byteOffset);
    const own = new Uint8Array(skip + plain.length);
    own.set(plain, skip);
    new Aes128Counter(k).apply(
      v.getUint32(0),
      v.getUint32(4),
      v.getUint32(8),
      v.getUint32(12),
      own,
      skip,
      own.length,
    );
    const theirs = createCipheriv("aes-128-ctr", k, iv).update(plain);
    assert.deepEqual([...own.subarray(skip)], [...theirs]);
  }));
});
