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
