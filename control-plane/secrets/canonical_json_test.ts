import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "./canonical_json.ts";

Deno.test("canonicalJson() does not depend on the order of members", () => {
  assert.equal(canonicalJson({ b: [{ d: 1, c: null }], a: 2 }), '{"a":2,"b":[{"c":null,"d":1}]}');
});

Deno.test("canonicalJson() keeps the value", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    assert.equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value));
  }));
});
