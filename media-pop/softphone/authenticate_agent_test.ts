import assert from "node:assert/strict";
import { signAccessToken } from "../../protocol/access_token/sign_access_token.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { Directory } from "../configuration/directory.ts";
import { SAMPLE, sampleConfiguration } from "../configuration/sample_configuration.ts";
import { authenticateAgent } from "./authenticate_agent.ts";

const home = await generateServiceKey("cell:E39", "e39");
const other = await generateServiceKey("cell:C14", "c14");
const directory = new Directory(
  sampleConfiguration({ keys: [home.publicKey, other.publicKey] }),
);
const claims = (tenant: string, seconds = 60) => ({
  sub: "anna",
  tenant,
  roles: ["agent" as const],
  exp: Math.floor(Date.now() / 1000) + seconds,
});
const refusal = async (token: string) => {
  try {
    await authenticateAgent(token, directory, Date.now);
    return null;
  } catch (error) {
    return error instanceof AntiphonError ? error.code : "unexpected";
  }
};

Deno.test("authenticateAgent() takes a token of the tenant's own cluster", async () => {
  const token = await signAccessToken(home.privateKey, claims(SAMPLE.tenant));
  const access = await authenticateAgent(token, directory, Date.now);
  assert.deepEqual([access.sub, access.tenant, access.clusterId], ["anna", SAMPLE.tenant, "E39"]);
});

Deno.test("authenticateAgent() refuses other clusters, suspended tenants, old and broken tokens", async () => {
  const sign = signAccessToken;
  const tenant = SAMPLE.tenant;
  assert.equal(await refusal(await sign(other.privateKey, claims(tenant))), "unauthenticated");
  assert.equal(await refusal(await sign(home.privateKey, claims(SAMPLE.suspended))), "forbidden");
  assert.equal(await refusal(await sign(home.privateKey, claims(tenant, -60))), "token_expired");
  assert.equal(await refusal("nonsense"), "unauthenticated");
});
