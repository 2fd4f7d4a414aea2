import assert from "node:assert/strict";
import { sameText } from "./same_text.ts";

Deno.test("sameText() tells equal from different texts of any length", async () => {
  assert.equal(await sameText("verify-me", "verify-me"), true);
  assert.equal(await sameText("verify-me", "verify-mf"), false);
  assert.equal(await sameText("", "verify-me"), false);
});
