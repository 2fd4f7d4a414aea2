import assert from "node:assert/strict";
import { z } from "zod";
import { expression } from "./expression.ts";
import { fieldsOf } from "./fields_of.ts";
import { MARKER } from "./marked.ts";
import { path } from "./path.ts";
import { reference } from "./reference.ts";
import { template } from "./template.ts";
import { variable } from "./variable.ts";

const SCHEMA = z.strictObject({
  type: z.literal("try"),
  text: template().optional(),
  cases: z.array(z.object({ when: expression("boolean"), next: path() })).default([]),
  what: z.union([
    z.object({ kind: z.literal("queue"), id: reference("queue") }),
    z.object({ kind: z.literal("none") }),
  ]).nullable(),
  outputs: z.record(z.string(), variable("write")),
  plain: z.string().default("x"),
});

Deno.test("fieldsOf() lists marked fields with their paths, wherever they stand", () => {
  const found = fieldsOf(SCHEMA, {
    type: "try",
    text: "Hi {{ name }}",
    cases: [{ when: "a > 1", next: "b" }],
    what: { kind: "queue", id: "sales" },
    outputs: { x: "y" },
    plain: "z",
  });
  assert.deepEqual(found.map(({ path, value, marker }) => [path, value, marker.kind]), [
    ["text", "Hi {{ name }}", "template"],
    ["cases.0.when", "a > 1", "expression"],
    ["cases.0.next", "b", "path"],
    ["what.id", "sales", "reference"],
    ["outputs.x", "y", "variable"],
  ]);
});

Deno.test("fieldsOf() passes over what is left out", () => {
  assert.deepEqual(fieldsOf(SCHEMA, { type: "try", what: null, outputs: {} }), []);
});

Deno.test("markers stand in the published JSON Schema", () => {
  const text = JSON.stringify(z.toJSONSchema(SCHEMA, { io: "input" }));
  assert.ok(text.includes(`"${MARKER}":{"kind":"reference","to":"queue"}`));
});
