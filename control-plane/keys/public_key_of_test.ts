import assert from "node:assert/strict";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { publicKeyOf } from "./public_key_of.ts";

Deno.test("publicKeyOf() leaves the private part out", async () => {
  const { privateKey, publicKey } = await generateServiceKey("control-plane", "k1");
  assert.deepEqual(publicKeyOf(privateKey), publicKey);
});
