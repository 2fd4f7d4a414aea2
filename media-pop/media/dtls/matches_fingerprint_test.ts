import assert from "node:assert/strict";
import { createHash, randomBytes, X509Certificate } from "node:crypto";
import { makeCertificate } from "./certificate.ts";
import { matchesFingerprint } from "./matches_fingerprint.ts";

const made = makeCertificate(Date.UTC(2026, 0, 1), (size) => new Uint8Array(randomBytes(size)));

Deno.test("makeCertificate() makes a self-signed certificate others can read", () => {
  const read = new X509Certificate(made.der);
  assert.equal(read.subject, "CN=antiphon");
  assert.ok(read.verify(read.publicKey));
  assert.equal(read.fingerprint256, made.fingerprint);
  assert.equal(new Date(read.validFrom).getTime(), Date.UTC(2025, 11, 31));
});

Deno.test("matchesFingerprint() takes strong hashes of the very certificate only", () => {
  const value = (hash: string) => createHash(hash).update(made.der).digest("hex");
  const match = (algorithm: string, v: string) =>
    matchesFingerprint(made.der, [{ algorithm, value: v }]);
  assert.ok(match("sha-256", made.fingerprint));
  assert.ok(match("SHA-256", made.fingerprint.toLowerCase()));
  assert.ok(match("sha-512", value("sha512")));
  assert.ok(!match("sha-1", value("sha1")));
  assert.ok(!match("sha-256", value("sha512")));
  assert.ok(!match("sha-256", made.fingerprint.replace(/^../, (h) => h === "00" ? "01" : "00")));
  assert.ok(!match("sha-256", "zz".repeat(32)));
  assert.ok(!matchesFingerprint(made.der, []));
});
