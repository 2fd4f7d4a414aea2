import assert from "node:assert/strict";
import { CompactSign, importJWK } from "jose";
import { generateServiceKey } from "../service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../service_token/service_token_signer.ts";
import { PinnedKeys } from "./pinned_keys.ts";
import { signSnapshot } from "./sign_snapshot.ts";
import { verifySnapshot } from "./verify_snapshot.ts";

const plane = await generateServiceKey("control-plane", "k1");
const stranger = await generateServiceKey("control-plane", "k2");
const cell = await generateServiceKey("cell:E39", "k3");
const keys = PinnedKeys.parse([plane.publicKey]);
const body = '{"version":"v7","pop":{"name":"Zürich"}}';
const snapshot = { service: "pop:FRA", version: "v7", sequence: 41, body };
const bytes = (text: string) => new TextEncoder().encode(text);
const expected = { keys, service: "pop:FRA" };

Deno.test("a snapshot that the control plane signed for us is taken, with its sequence", async () => {
  const signature = await signSnapshot(snapshot, plane.privateKey);
  assert.deepEqual(await verifySnapshot(signature, bytes(body), expected), {
    ...{ version: "v7", sequence: 41, kid: "k1" },
  });
  const both = PinnedKeys.parse([stranger.publicKey, plane.publicKey]);
  assert.equal(
    (await verifySnapshot(signature, bytes(body), { ...expected, keys: both })).kid,
    "k1",
  );
});

Deno.test("a snapshot that is forged, cut, for another, or no snapshot at all is refused", async () => {
  const good = await signSnapshot(snapshot, plane.privateKey);
  const refused = (signature: string | null, text = body, change: object = {}) =>
    assert.rejects(verifySnapshot(signature, bytes(text), { ...expected, ...change }), {
      code: "signature_mismatch",
    });
  await refused(null);
  await refused("");
  await refused("a.b.c");
  await refused("x".repeat(3_000));
  await refused(good, body.slice(0, -1));
  await refused(good, body.replace("v7", "v8"));
  await refused(good, body, { service: "pop:NYC" });
  await refused(`${good.slice(0, -4)}AAAA`);
  await refused(await signSnapshot(snapshot, stranger.privateKey));
  // Under the known key's name, but not by it.
  const { d, x, y } = stranger.privateKey.jwk;
  const forged = { service: "control-plane", jwk: { ...plane.privateKey.jwk, d, x, y } };
  await refused(await signSnapshot(snapshot, forged));
  await refused(await serviceTokenSigner(plane.privateKey)("pop:FRA"));
  const sign = async (claims: object) =>
    await new CompactSign(bytes(JSON.stringify(claims)))
      .setProtectedHeader({ alg: "ES256", kid: "k1", typ: "snapshot+jws" })
      .sign(await importJWK(plane.privateKey.jwk, "ES256"));
  await refused(await sign({ iss: "control-plane", aud: "pop:FRA", version: "v7", sequence: -1 }));
});

Deno.test("only the control plane's keys can be pinned, and only it signs", async () => {
  assert.ok(!PinnedKeys.safeParse([cell.publicKey]).success);
  assert.ok(!PinnedKeys.safeParse([]).success);
  await assert.rejects(signSnapshot(snapshot, cell.privateKey));
});
