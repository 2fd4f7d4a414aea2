import assert from "node:assert/strict";
import { resolveName } from "./resolve_name.ts";

Deno.test("resolveName() finds the addresses of a name", async () => {
  assert.ok((await resolveName("localhost")).some((found) => ["127.0.0.1", "::1"].includes(found)));
});

Deno.test("resolveName() rejects for a name that is none", async () => {
  await assert.rejects(resolveName("no such name"));
});
