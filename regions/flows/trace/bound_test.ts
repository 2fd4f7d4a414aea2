import assert from "node:assert/strict";
import { boundInput } from "./bound_input.ts";
import { boundOutput } from "./bound_output.ts";
import { TRACE_LIMITS } from "./trace_limits.ts";

Deno.test("boundInput keeps what fits as it is, else the beginning of its JSON", () => {
  const small = { type: "play" };
  assert.equal(boundInput(small, JSON.stringify(small)), small);
  assert.equal(boundInput(undefined, undefined), null);
  const large = { text: "x".repeat(TRACE_LIMITS.input) };
  const { cut } = boundInput(large, JSON.stringify(large)) as { cut: string };
  assert.equal(cut.length, TRACE_LIMITS.input);
  assert.match(cut, /^\{"text":"xxx.*… \(\d+ characters\)$/);
});

Deno.test("boundOutput cuts values, and leaves out those that there is no room for", () => {
  assert.deepEqual(boundOutput({ a: "1" }), { a: "1" });
  assert.equal(boundOutput({ a: "x".repeat(20_000) }).a.length, TRACE_LIMITS.value);
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`v${i}`, "y".repeat(900)]),
  );
  const bounded = boundOutput(many);
  assert.ok(JSON.stringify(bounded).length < TRACE_LIMITS.output + 200);
  assert.equal(bounded["…"], "(100 variables)");
});
