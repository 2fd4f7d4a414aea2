import assert from "node:assert/strict";
import { allowedMethods } from "./allowed_methods.ts";

Deno.test("allowedMethods() lists what routes take at a path", () => {
  const routes = [
    { method: "ALL", path: "/*" },
    { method: "POST", path: "/hooks/:id" },
    { method: "GET", path: "/hooks/:id" },
    { method: "GET", path: "/hooks/:id/state" },
    { method: "GET", path: "/*" },
  ];
  assert.deepEqual(allowedMethods(routes, "/hooks/7"), ["GET", "POST"]);
  assert.deepEqual(allowedMethods(routes, "/hooks/7/state"), ["GET"]);
  assert.deepEqual(allowedMethods(routes, "/hooks/"), []);
  assert.deepEqual(allowedMethods(routes, "/other"), []);
});
