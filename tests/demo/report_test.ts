import assert from "node:assert/strict";
import { report } from "./report.ts";

Deno.test("report() lays out values, groups and lists", () => {
  const text = report({ startSeconds: 9, call: { digit: "1", legs: [{ kind: "carrier" }] } });
  assert.deepEqual(text.split("\n").map((line) => line.replace(/\s+/g, " ").trim()), [
    "start seconds 9",
    "call",
    "digit 1",
    "legs",
    "1",
    "kind carrier",
  ]);
});
