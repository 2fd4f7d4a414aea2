import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { verifySignature } from "./verify_signature.ts";

const body = new TextEncoder().encode('{"text":"Grüße 👋"}');
const sign = (secret: string) =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
const refused = { code: "signature_mismatch" };

Deno.test("verifySignature() takes the provider's signature over the raw bytes", async () => {
  await verifySignature(sign("app-secret"), body, "app-secret");
});

Deno.test("verifySignature() refuses every other header", async () => {
  const wrong = [sign("other"), sign("app-secret").slice(0, -2), "sha1=00", "", null, undefined];
  for (const header of wrong) {
    await assert.rejects(verifySignature(header, body, "app-secret"), refused, String(header));
  }
  const changed = body.slice();
  changed[3] ^= 1;
  await assert.rejects(verifySignature(sign("app-secret"), changed, "app-secret"), refused);
});
