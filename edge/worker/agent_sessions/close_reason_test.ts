import assert from "node:assert/strict";
import { closeReason } from "./close_reason.ts";

Deno.test("closeReason() fits a close frame", () => {
  assert.equal(closeReason("short"), "short");
  for (const text of ["x".repeat(200), "ü".repeat(100), "x" + "€".repeat(100)]) {
    const cut = closeReason(text);
    assert.ok(new TextEncoder().encode(cut).length <= 123);
    assert.ok(text.startsWith(cut) && cut.length > 40);
  }
});
