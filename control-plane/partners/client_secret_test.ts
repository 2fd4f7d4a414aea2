import assert from "node:assert/strict";
import { hashClientSecret, newClientSecret, verifyClientSecret } from "./client_secret.ts";

Deno.test("a client secret matches its own hash only", async () => {
  const secret = newClientSecret();
  const hash = await hashClientSecret(secret);
  assert.ok(!hash.includes(secret));
  assert.notEqual(hash, await hashClientSecret(secret));
  assert.equal(await verifyClientSecret(secret, hash), true);
  assert.equal(await verifyClientSecret(secret + "x", hash), false);
  assert.equal(await verifyClientSecret(secret, undefined), false);
});
