import assert from "node:assert/strict";
import { securityHeaders } from "./security_headers.ts";

Deno.test("securityHeaders() insist on TLS only where there is TLS", () => {
  const names = (url: string) => securityHeaders(new Request(url)).map(([name]) => name);
  assert.ok(names("http://edge/").includes("x-content-type-options"));
  assert.ok(!names("http://edge/").includes("strict-transport-security"));
  assert.ok(names("https://edge/").includes("strict-transport-security"));
});
