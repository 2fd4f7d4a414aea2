import assert from "node:assert/strict";
import { z } from "zod";
import { AntiphonError } from "./antiphon_error.ts";
import { toProblem } from "./to_problem.ts";

Deno.test("toProblem() names every field of a zod error", () => {
  const parsed = z.object({ a: z.string(), b: z.array(z.number()) }).safeParse({ b: ["x"] });
  const problem = toProblem(parsed.error);
  assert.equal(problem.status, 422);
  assert.deepEqual(problem.errors?.map((e) => e.path), ["a", "b.0"]);
});

Deno.test("toProblem() keeps code, status and data of an AntiphonError", () => {
  const problem = toProblem(
    new AntiphonError("offer_gone", "Take the next offer", { data: { offerId: "o1" } }),
    "/x",
  );
  assert.deepEqual(
    { ...problem },
    {
      type: "https://antiphon.dev/problems/offer_gone",
      title: "offer gone",
      status: 409,
      detail: "Take the next offer",
      code: "offer_gone",
      instance: "/x",
      data: { offerId: "o1" },
    },
  );
});

Deno.test("toProblem() reveals nothing of an unknown error", () => {
  const problem = toProblem(new Error("password is hunter2"));
  assert.equal(problem.code, "internal");
  assert.doesNotMatch(JSON.stringify(problem), /hunter2/);
});
