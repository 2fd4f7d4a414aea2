import assert from "node:assert/strict";
import { compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair } from "jose";
import { SealKey } from "../../protocol/pop_link/seal_key.ts";
import { sealDigits } from "./seal_digits.ts";

const ALG = "ECDH-ES+A256KW";
const keyId = "tenant:018f0000-0000-7000-8000-000000000001:1";

Deno.test("sealDigits() makes what only the key's holder opens, other bytes every time", async () => {
  const { publicKey, privateKey } = await generateKeyPair(ALG, { extractable: true });
  const key = SealKey.parse({ keyId, jwk: await exportJWK(publicKey) });
  const [one, two] = await Promise.all([sealDigits("4711", key), sealDigits("4711", key)]);
  assert.notEqual(one, two);
  const { alg, enc, kid } = decodeProtectedHeader(one);
  assert.deepEqual({ alg, enc, kid }, { alg: ALG, enc: "A256GCM", kid: keyId });
  const { plaintext } = await compactDecrypt(one, privateKey);
  assert.equal(new TextDecoder().decode(plaintext), "4711");
});

Deno.test("sealDigits() rejects a point that is not on the curve", async () => {
  const nowhere = "A".repeat(43);
  const jwk = { kty: "EC", crv: "P-256", x: nowhere, y: nowhere } as const;
  await assert.rejects(sealDigits("1", { keyId, jwk }));
});
