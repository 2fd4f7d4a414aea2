import assert from "node:assert/strict";
import { createSealer } from "./sealer.ts";

const key = btoa("k".repeat(32)).replace(/=+$/, "");

Deno.test("a sealed secret is unreadable, differs each time, and opens with its key only", async () => {
  const sealer = createSealer(key);
  const [a, b] = [await sealer.seal("EAAG-token"), await sealer.seal("EAAG-token")];
  assert.notEqual(a, b);
  assert.doesNotMatch(a, /EAAG/);
  assert.equal(await sealer.open(a), "EAAG-token");
  const other = createSealer(btoa("x".repeat(32)).replace(/=+$/, ""));
  await assert.rejects(other.open(a));
});

Deno.test("createSealer() refuses a key of the wrong length", () => {
  assert.throws(() => createSealer("c2hvcnQ"), { code: "configuration_invalid" });
});

Deno.test("sealed bytes open with their key and context only, and not when they were changed", async () => {
  const sealer = createSealer(key);
  const plain = crypto.getRandomValues(new Uint8Array(1000));
  const [a, b] = [await sealer.sealBytes(plain, "x"), await sealer.sealBytes(plain, "x")];
  assert.notDeepEqual(a, b);
  assert.deepEqual(await sealer.openBytes(a, "x"), plain);
  const changed = a.with(500, a[500] ^ 1);
  const other = createSealer(btoa("x".repeat(32)).replace(/=+$/, ""));
  for (
    const opening of [
      () => sealer.openBytes(a, "y"),
      () => sealer.openBytes(changed, "x"),
      () => sealer.openBytes(a.subarray(0, 5), "x"),
      () => other.openBytes(a, "x"),
    ]
  ) await assert.rejects(opening(), { code: "sealed_unreadable" });
});
