import assert from "node:assert/strict";
import { toSnapshot } from "./snapshot.ts";

Deno.test("a snapshot's version follows from its content alone", () => {
  const first = toSnapshot({ a: 1, b: [2] });
  assert.equal(first.version, toSnapshot({ b: [2], a: 1 }).version);
  assert.notEqual(first.version, toSnapshot({ a: 1, b: [3] }).version);
  assert.deepEqual(JSON.parse(first.body), { version: first.version, a: 1, b: [2] });
});
