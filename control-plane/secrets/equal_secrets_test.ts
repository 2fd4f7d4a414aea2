import assert from "node:assert/strict";
import { equalSecrets } from "./equal_secrets.ts";

Deno.test("equalSecrets() compares whole texts", () => {
  assert.equal(equalSecrets("abc", "abc"), true);
  assert.equal(equalSecrets("abc", "abcd"), false);
  assert.equal(equalSecrets("", "a"), false);
});
