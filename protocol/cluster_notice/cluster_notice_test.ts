import assert from "node:assert/strict";
import { importJWK, SignJWT, UnsecuredJWT } from "jose";
import { AntiphonError } from "../errors/antiphon_error.ts";
import { generateServiceKey } from "../service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../service_token/service_token_signer.ts";
import { clusterNoticeSigner } from "./cluster_notice_signer.ts";
import { signClusterNotice } from "./sign_cluster_notice.ts";
import { knownNotice } from "./known_notice.ts";
import { NOTICE_TYP } from "./notice_token.ts";
import { verifyClusterNotice } from "./verify_cluster_notice.ts";

const cell = await generateServiceKey("cell:E39", "k1");
const other = await generateServiceKey("cell:C14", "k2");
const keys = [cell.publicKey, other.publicKey];
const at = () => 1_000_000;
const notice = { clusterId: "E39", epoch: 7, site: "us-east", url: "http://us-east.test:7000" };
const expected = { keys, clusterId: "E39", now: at };
const code = (code: string) => (e: unknown) => e instanceof AntiphonError && e.code === code;

Deno.test("a cluster's notice is good for one minute, by its own key, about itself", async () => {
  const signed = await signClusterNotice(notice, cell.privateKey, at);
  assert.deepEqual(await verifyClusterNotice(signed, expected), notice);
  const refused = (change: object) => verifyClusterNotice(signed, { ...expected, ...change });
  await assert.rejects(refused({ now: () => 1_066_000 }), code("token_expired"));
  await assert.rejects(refused({ keys: [other.publicKey] }), code("unauthenticated"));
  await assert.rejects(refused({ clusterId: "C14" }), code("unauthenticated"));
});

Deno.test("a cluster cannot speak for another, nor a service token pass for a notice", async () => {
  const forgeries = [
    await signClusterNotice(notice, other.privateKey, at),
    await signClusterNotice(notice, { service: "cell:E39", jwk: other.privateKey.jwk }, at),
    await signClusterNotice({ ...notice, clusterId: "C14" }, cell.privateKey, at),
    await serviceTokenSigner(cell.privateKey, at)("cluster:E39"),
    new UnsecuredJWT({ notice }).setIssuer("cell:E39").setAudience("cluster:E39")
      .setExpirationTime(1_060).encode(),
    "",
    "a.b.c",
    "x".repeat(3_000),
  ];
  for (const forged of forgeries) {
    await assert.rejects(verifyClusterNotice(forged, expected), code("unauthenticated"));
  }
});

Deno.test("a signed notice that does not fit its shape is refused", async () => {
  const key = await importJWK(cell.privateKey.jwk, "ES256");
  const signed = await new SignJWT({ notice: { ...notice, epoch: -1 } })
    .setProtectedHeader({ alg: "ES256", kid: "k1", typ: NOTICE_TYP })
    .setIssuer("cell:E39").setAudience("cluster:E39").setExpirationTime(1_060).sign(key);
  await assert.rejects(verifyClusterNotice(signed, expected), code("unauthenticated"));
});

Deno.test("a notice is signed once for half of its time", async () => {
  let now = 1_000_000;
  const sign = clusterNoticeSigner(cell.privateKey, () => now);
  const first = await sign(notice);
  now += 29_000;
  assert.equal(await sign(notice), first);
  assert.notEqual(await sign({ ...notice, epoch: 8 }), first);
  now += 2_000;
  assert.notEqual(await sign({ ...notice, epoch: 8 }), first);
});

Deno.test("a client follows a notice to known addresses only and never back in epochs", async () => {
  const signed = await signClusterNotice(notice, cell.privateKey, at);
  const urls = ["http://eu-central.test:7000", "http://us-east.test:7000/"];
  const knowledge = { cluster: { id: "E39", urls }, keys, epoch: 7, now: at };
  assert.deepEqual(await knownNotice(signed, knowledge), { ...notice, url: urls[1] });
  const ignored: [unknown, typeof knowledge][] = [
    [signed, { ...knowledge, epoch: 8 }],
    [signed, { ...knowledge, cluster: { id: "E39", urls: urls.slice(0, 1) } }],
    [signed, { ...knowledge, now: () => 1_070_000 }],
    [`${signed}x`, knowledge],
    [undefined, knowledge],
  ];
  for (const [given, knows] of ignored) assert.equal(await knownNotice(given, knows), null);
});
