import assert from "node:assert/strict";
import { TextDigest } from "./text_digest.ts";

Deno.test("TextDigest tells different histories apart, also in their order", () => {
  const of = (...texts: string[]) => {
    const digest = new TextDigest();
    for (const text of texts) digest.add(text);
    return digest.value;
  };
  assert.equal(of("a", "b"), of("a", "b"));
  assert.notEqual(of("a", "b"), of("b", "a"));
  assert.notEqual(of("a"), of("a", ""), "an empty line counts");
  assert.match(of(), /^[0-9a-f]{16}$/);
});
