import assert from "node:assert/strict";
import { signAccessToken } from "../../../protocol/access_token/sign_access_token.ts";
import { generateServiceKey } from "../../../protocol/service_token/generate_service_key.ts";
import { ConfigurationIndex } from "../configuration/configuration_index.ts";
import { SAMPLE, sampleConfiguration } from "../testing/sample_configuration.ts";
import { requireAccess } from "./require_access.ts";

const e39 = await generateServiceKey("cell:E39", "k1");
const c14 = await generateServiceKey("cell:C14", "k2");
const keys = [e39.publicKey, c14.publicKey];
const claims = { sub: "anna", tenant: SAMPLE.tenantId, roles: ["agent" as const], exp: 2_000 };
const now = () => 1_000_000;

Deno.test("requireAccess() takes the word of the tenant's own cluster only", async () => {
  const index = new ConfigurationIndex(sampleConfiguration({ keys }));
  const good = await signAccessToken(e39.privateKey, claims, now);
  assert.equal((await requireAccess(good, index, now)).sub, "anna");
  const foreign = await signAccessToken(c14.privateKey, claims, now);
  await assert.rejects(requireAccess(foreign, index, now), { code: "unauthenticated" });
  await assert.rejects(requireAccess(good, index, () => 3_000_000), { code: "token_expired" });
});

Deno.test("requireAccess() keeps a suspended tenant's people out", async () => {
  const { tenants } = sampleConfiguration();
  const suspended = tenants.map((t) => ({ ...t, status: "suspended" as const }));
  const index = new ConfigurationIndex(sampleConfiguration({ keys, tenants: suspended }));
  const token = await signAccessToken(e39.privateKey, claims, now);
  await assert.rejects(requireAccess(token, index, now), { code: "forbidden" });
});
