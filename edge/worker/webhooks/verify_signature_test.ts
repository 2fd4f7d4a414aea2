import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { verifySignature } from "./verify_signature.ts";

const body = new TextEncoder().encode('{"text":"Grüße \\u2603"}');
const sign = (secret: string) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

Deno.test("verifySignature() takes the provider's signature of these bytes only", async () => {
  assert.equal(await verifySignature("s3cret", body, sign("s3cret")), true);
  assert.equal(await verifySignature("s3cret", body, sign("s3cret").toUpperCase()), false);
  assert.equal(await verifySignature("s3cret", body, sign("other")), false);
  assert.equal(await verifySignature("s3cret", body.slice(1), sign("s3cret")), false);
});

Deno.test("verifySignature() refuses a missing or crippled header and an empty secret", async () => {
  for (
    const header of [null, undefined, "", "sha256=", "sha256=zz", "sha1=00", sign("x").slice(7)]
  ) {
    assert.equal(await verifySignature("x", body, header), false);
  }
  assert.equal(await verifySignature("", body, sign("x")), false);
});
