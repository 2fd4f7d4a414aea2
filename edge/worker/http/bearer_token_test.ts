import assert from "node:assert/strict";
import { bearerToken } from "./bearer_token.ts";

Deno.test("bearerToken() takes the token, and nothing else", () => {
  const of = (authorization: string) => bearerToken(new Headers({ authorization }));
  assert.equal(of("Bearer a.b-c_d"), "a.b-c_d");
  assert.equal(of("bearer x"), "x");
  for (const bad of ["", "Basic eDp5", "Bearer ", "Bearer a b", `Bearer ${"a".repeat(5000)}`]) {
    assert.throws(() => of(bad), { code: "unauthenticated" });
  }
});
