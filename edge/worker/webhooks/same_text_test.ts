import assert from "node:assert/strict";
import { sameText } from "./same_text.ts";

Deno.test("sameText() compares whole texts", async () => {
  assert.equal(await sameText("verify-me", "verify-me"), true);
  for (const other of ["", "verify-m", "verify-me ", "Verify-me"]) {
    assert.equal(await sameText("verify-me", other), false);
  }
});
