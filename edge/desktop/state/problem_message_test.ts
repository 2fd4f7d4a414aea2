import { match, strictEqual } from "node:assert/strict";
import { problemMessage } from "./problem_message.ts";

const problem = { type: "t", title: "t", status: 409, detail: "You are in a call.", code: "x" };

Deno.test("problem message puts known codes in plain words", () => {
  match(problemMessage({ ...problem, code: "offer_gone" }), /offer is gone/);
});

Deno.test("problem message falls back to what the platform said", () => {
  strictEqual(problemMessage({ ...problem, code: "state_not_allowed" }), "You are in a call.");
});
