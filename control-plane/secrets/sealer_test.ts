import assert from "node:assert/strict";
import { createSealer } from "./sealer.ts";

const sealer = createSealer("A".repeat(43));

Deno.test("a sealed secret opens with its key only and does not show", async () => {
  const sealed = await sealer.seal("app secret");
  assert.doesNotMatch(sealed, /app secret/);
  assert.equal(await sealer.open(sealed), "app secret");
  assert.notEqual(await sealer.seal("app secret"), sealed);
  await assert.rejects(createSealer("B".repeat(42) + "A").open(sealed));
  await assert.rejects(sealer.open(sealed.slice(0, -6) + "AAAAAA"));
});

Deno.test("a fingerprint depends on text and key", () => {
  assert.equal(sealer.fingerprint("x"), sealer.fingerprint("x"));
  assert.notEqual(sealer.fingerprint("x"), sealer.fingerprint("y"));
  assert.notEqual(sealer.fingerprint("x"), createSealer("B".repeat(42) + "A").fingerprint("x"));
});

Deno.test("a key of another length is refused", () => {
  assert.throws(() => createSealer("AAAA"), /32 bytes/);
});
