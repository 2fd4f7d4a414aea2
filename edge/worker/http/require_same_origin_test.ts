import assert from "node:assert/strict";
import { requireSameOrigin } from "./require_same_origin.ts";

Deno.test("requireSameOrigin() takes programs and the own site only", () => {
  const from = (origin?: string) =>
    requireSameOrigin(
      {
        url: "http://desk.example:8080/v1/sign-on",
        headers: new Headers(origin === undefined ? {} : { origin }),
      } as Request,
    );
  from();
  from("http://desk.example:8080");
  from("https://desk.example:8080");
  for (const bad of ["http://desk.example", "http://evil.example:8080", "null", ""]) {
    assert.throws(() => from(bad), { code: "forbidden" });
  }
});
