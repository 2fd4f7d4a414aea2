import assert from "node:assert/strict";
import type { Entry } from "../history/entry.ts";
import { longestPause } from "./longest_pause.ts";

const ok = (at: number): Entry => ({
  ...{ at, kind: "op", client: "a", op: "webhook", id: String(at), phase: "ok" },
});
const FAULT: Entry = { at: 1000, kind: "mark", mark: "fault" };

Deno.test("longestPause() is the longest one that ended after the fault", () => {
  assert.equal(longestPause([ok(0), ok(900), FAULT, ok(1500), ok(1600)]), 600);
  assert.equal(longestPause([ok(990), FAULT, ok(1010), ok(3000), ok(2000)]), 1000);
});

Deno.test("longestPause() wants acknowledgements on both sides of a fault", () => {
  for (const history of [[ok(0), ok(2000)], [FAULT, ok(2000)], [ok(0), FAULT], [FAULT]]) {
    assert.throws(() => longestPause(history));
  }
});
