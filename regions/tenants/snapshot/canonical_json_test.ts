import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "./canonical_json.ts";

Deno.test("canonicalJson() is JSON whose text does not depend on the order of members", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const plain = JSON.parse(JSON.stringify(value));
    assert.deepEqual(JSON.parse(canonicalJson(plain)), plain);
    assert.equal(canonicalJson(reversed(plain)), canonicalJson(plain));
  }));
});

Deno.test("canonicalJson() refuses what JSON would lose", () => {
  for (const value of [new Map(), new Set(), () => 1, NaN, 1n, new Date()]) {
    assert.throws(() => canonicalJson({ nested: [value] }), TypeError);
  }
  assert.equal(canonicalJson({ b: undefined, a: 1 }), '{"a":1}');
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([k, v]) => [k, reversed(v)]));
}
