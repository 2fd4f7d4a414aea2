import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { problemResponse } from "./problem_response.ts";

Deno.test("problemResponse() tells when to come back and which methods there are", async () => {
  const busy = problemResponse(
    new AntiphonError("too_many_requests", "Wait", { data: { retryAfter: 1.2 } }),
    "req-1",
  );
  assert.equal(busy.status, 429);
  assert.equal(busy.headers.get("retry-after"), "2");
  assert.equal(busy.headers.get("content-type"), "application/problem+json");
  assert.equal((await busy.json() as { instance: string }).instance, "req-1");
  const other = new AntiphonError("method_not_allowed", "Use GET", { data: { allow: "GET" } });
  assert.equal(problemResponse(other).headers.get("allow"), "GET");
});

Deno.test("problemResponse() reveals nothing of what it does not know", async () => {
  const answer = problemResponse(new Error("the key is 123"));
  assert.equal(answer.status, 500);
  assert.doesNotMatch(await answer.text(), /123/);
});
