import assert from "node:assert/strict";
import fc from "fast-check";
import { storableText } from "./storable_text.ts";

Deno.test("storableText() leaves well-formed text as it is and mends the rest", () => {
  assert.equal(storableText("Grüße 👋"), "Grüße 👋");
  assert.equal(storableText("a\0b\uD800c\uDC00"), "ab\uFFFDc\uFFFD");
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const mended = storableText(text);
    assert.ok(!mended.includes("\0"));
    assert.doesNotThrow(() => encodeURIComponent(mended));
    assert.equal(storableText(mended), mended);
  }));
});
