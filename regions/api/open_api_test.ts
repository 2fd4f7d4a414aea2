import assert from "node:assert/strict";
import { LISTED_KINDS } from "../../protocol/configuration/entity_kinds.ts";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();

Deno.test("the OpenAPI document has every route for people, and all that they refer to", async () => {
  const { status, body } = await cell().call("GET", "/openapi.json");
  assert.deepEqual([status, body.openapi], [200, "3.1.0"]);
  const operations = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method} ${path}`)
  );
  const served = cell().app.routes
    .filter(({ method, path }) => method !== "ALL" && path.startsWith("/v1/"))
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, "{$1}")}`);
  assert.deepEqual([...new Set(served)].sort(), operations.sort());
  assert.ok(operations.length > 24 + LISTED_KINDS.length * 5);
  const text = JSON.stringify(body);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(body.components.schemas[name], name);
  }
  const { post } = body.paths["/v1/configuration/queues"];
  assert.deepEqual(post.security, [{ person: [] }]);
  assert.deepEqual(post.requestBody.content["application/json"].schema, {
    $ref: "#/components/schemas/Queue",
  });
  assert.ok(post.responses["409"].content["application/problem+json"]);
  const { distribution } = body.components.schemas.Queue.properties;
  assert.deepEqual([distribution.minItems, distribution.maxItems], [1, 16]);
});
