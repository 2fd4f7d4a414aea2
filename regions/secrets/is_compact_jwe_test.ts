import assert from "node:assert/strict";
import { exportJWK, generateKeyPair } from "jose";
import { isCompactJwe } from "./is_compact_jwe.ts";
import { SEAL_ALGORITHM, sealText } from "./seal_text.ts";

Deno.test("isCompactJwe() knows what was sealed from what stands in clear", async () => {
  const { publicKey } = await generateKeyPair(SEAL_ALGORITHM, { crv: "P-256" });
  const { x, y } = await exportJWK(publicKey);
  const jwk = { kty: "EC", crv: "P-256", x: x!, y: y! } as const;
  for (const text of ["", "4000056655665556", "eyJ"]) {
    assert.ok(isCompactJwe(await sealText({ keyId: "k", jwk }, text)));
  }
  for (const clear of ["", "4000056655665556", "a.b.c.d.e", "eyJhbGciOiJub25lIn0.e30."]) {
    assert.ok(!isCompactJwe(clear), clear);
  }
});
