import assert from "node:assert/strict";
import { openapiDocument } from "./openapi_document.ts";

Deno.test("openapiDocument() names every schema that it refers to, and none in vain", () => {
  const document = openapiDocument();
  const text = JSON.stringify(document);
  const { schemas } = document.components as { schemas: Record<string, unknown> };
  const named = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((m) => m[1]));
  assert.deepEqual([...named].sort(), Object.keys(schemas).sort());
  assert.equal(document.openapi, "3.1.0");
});
