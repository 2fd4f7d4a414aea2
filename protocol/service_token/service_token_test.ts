import assert from "node:assert/strict";
import { AntiphonError } from "../errors/antiphon_error.ts";
import { generateServiceKey } from "./generate_service_key.ts";
import { serviceTokenSigner } from "./service_token_signer.ts";
import { verifyServiceToken } from "./verify_service_token.ts";

const code = (code: string) => (e: unknown) => e instanceof AntiphonError && e.code === code;

Deno.test("a service token is good for its audience, its kind of caller and one minute", async () => {
  const pop = await generateServiceKey("pop:FRA", "k1");
  const cell = await generateServiceKey("cell:E39", "k2");
  const keys = [pop.publicKey, cell.publicKey];
  const token = await serviceTokenSigner(pop.privateKey, () => 1000_000)("cell:E39");
  const expected = { keys, audience: "cell:E39", kinds: ["pop"], now: () => 1030_000 };

  assert.equal(await verifyServiceToken(token, expected), "pop:FRA");
  const refused = (change: object) => verifyServiceToken(token, { ...expected, ...change });
  await assert.rejects(refused({ audience: "cell:C14" }), code("unauthenticated"));
  await assert.rejects(refused({ kinds: ["edge"] }), code("unauthenticated"));
  await assert.rejects(refused({ keys: [cell.publicKey] }), code("unauthenticated"));
  await assert.rejects(refused({ now: () => 1066_000 }), code("token_expired"));
});

Deno.test("a service cannot speak in another service's name", async () => {
  const pop = await generateServiceKey("pop:FRA", "k1");
  const edge = await generateServiceKey("edge:local", "k2");
  const forged = { service: "pop:FRA", jwk: edge.privateKey.jwk };
  const token = await serviceTokenSigner(forged)("cell:E39");
  await assert.rejects(
    verifyServiceToken(token, {
      keys: [pop.publicKey, edge.publicKey],
      audience: "cell:E39",
      kinds: ["pop", "edge"],
    }),
    code("unauthenticated"),
  );
});
