import assert from "node:assert/strict";
import { AntiphonError } from "../errors/antiphon_error.ts";
import { generateServiceKey } from "../service_token/generate_service_key.ts";
import { signAccessToken } from "./sign_access_token.ts";
import { verifyAccessToken } from "./verify_access_token.ts";

const claims = {
  sub: "anna",
  tenant: "01890a5d-ac96-774b-bcce-b302099a8057",
  roles: ["agent" as const],
  exp: 2000,
};

Deno.test("an access token names person, tenant, roles and the cluster that vouches", async () => {
  const { privateKey, publicKey } = await generateServiceKey("cell:E39", "k1");
  const token = await signAccessToken(privateKey, claims, () => 1000_000);
  assert.deepEqual(await verifyAccessToken(token, [publicKey], () => 1000_000), {
    ...claims,
    clusterId: "E39",
  });
});

Deno.test("an access token that is too old, or signed by no cell, is refused", async () => {
  const cell = await generateServiceKey("cell:E39", "k1");
  const pop = await generateServiceKey("pop:FRA", "k2");
  const keys = [cell.publicKey, pop.publicKey];
  const old = await signAccessToken(cell.privateKey, claims, () => 1000_000);
  const code = (c: string) => (e: unknown) => e instanceof AntiphonError && e.code === c;
  await assert.rejects(verifyAccessToken(old, keys, () => 2100_000), code("token_expired"));
  const foreign = await signAccessToken(pop.privateKey, claims, () => 1000_000);
  await assert.rejects(verifyAccessToken(foreign, keys, () => 1000_000), code("unauthenticated"));
});
