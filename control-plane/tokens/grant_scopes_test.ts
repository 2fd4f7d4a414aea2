import assert from "node:assert/strict";
import { grantScopes } from "./grant_scopes.ts";
import { OAuthError } from "./oauth_error.ts";
import { SCOPES_OF } from "./principal.ts";

Deno.test("grantScopes() gives all a client may have, or the fewer it asks for", () => {
  assert.deepEqual(grantScopes("partner", null), SCOPES_OF.partner);
  assert.deepEqual(grantScopes("partner", " "), SCOPES_OF.partner);
  assert.deepEqual(grantScopes("partner", "topology:read"), ["topology:read"]);
});

Deno.test("grantScopes() refuses what a client may not have", () => {
  const refused = (e: unknown) => e instanceof OAuthError && e.code === "invalid_scope";
  assert.throws(() => grantScopes("partner", "topology:read partners:write"), refused);
  assert.throws(() => grantScopes("operator", "nonsense"), refused);
});
