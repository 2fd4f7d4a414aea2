import assert from "node:assert/strict";
import { requestId } from "./request_id.ts";

Deno.test("requestId() keeps a harmless id and replaces any other", () => {
  const of = (id?: string) => requestId(new Headers(id ? { "x-request-id": id } : {}), () => "new");
  assert.equal(of("abc-1"), "abc-1");
  for (const bad of [undefined, 'a"b', "a b", "x".repeat(65)]) assert.equal(of(bad), "new");
});
