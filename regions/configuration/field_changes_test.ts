import assert from "node:assert/strict";
import { fieldChanges } from "./field_changes.ts";

Deno.test("fieldChanges() names fields by path, with what they were and will be", () => {
  const before = { name: "A", gone: 1, list: [{ x: 1 }, { x: 2 }], teams: ["a"], same: { y: [] } };
  const after = {
    name: "B",
    come: 2,
    list: [{ x: 1 }, { x: 3 }],
    teams: ["a", "b"],
    same: { y: [] },
  };
  assert.deepEqual(fieldChanges(before, after), [
    { path: "name", before: "A", after: "B" },
    { path: "gone", before: 1 },
    { path: "list.1.x", before: 2, after: 3 },
    { path: "teams", before: ["a"], after: ["a", "b"] },
    { path: "come", after: 2 },
  ]);
  assert.deepEqual(fieldChanges(after, structuredClone(after)), []);
});

Deno.test("fieldChanges() names what a new thing has", () => {
  assert.deepEqual(fieldChanges(undefined, { id: "x", deep: { a: 1 } }), [
    { path: "id", after: "x" },
    { path: "deep", after: { a: 1 } },
  ]);
});
