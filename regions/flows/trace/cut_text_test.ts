import assert from "node:assert/strict";
import { cutText } from "./cut_text.ts";

Deno.test("cutText leaves what fits and marks what it cuts", () => {
  assert.equal(cutText("abc", 3), "abc");
  const cut = cutText("x".repeat(100), 30);
  assert.equal(cut, `${"x".repeat(12)}… (100 characters)`);
  assert.equal(cut.length, 30);
  assert.ok(cutText("🙂".repeat(50), 31).isWellFormed(), "no half of a pair is left");
});
