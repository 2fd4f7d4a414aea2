import { strictEqual } from "node:assert/strict";
import { observeSkew } from "./observe_skew.ts";

Deno.test("skew is none while the clocks agree", () => {
  strictEqual(observeSkew(0, 10_000, 10_150, true), 0);
});

Deno.test("skew is learnt from a fresh stamp", () => {
  strictEqual(observeSkew(0, 10_000, 70_100, true), 60_100);
  strictEqual(observeSkew(60_100, 20_000, 80_050, true), 60_050);
});

Deno.test("skew is not learnt from a stamp that may be old", () => {
  strictEqual(observeSkew(0, 10_000, 3_600_000, false), 0);
});

Deno.test("skew is learnt from any stamp in our future", () => {
  strictEqual(observeSkew(0, 70_000, 10_000, false), -60_000);
  strictEqual(observeSkew(-60_000, 80_000, 25_000, false), -60_000);
});

Deno.test("skew is forgotten when a slow delivery made it up", () => {
  strictEqual(observeSkew(9_000, 50_000, 50_100, true), 0);
});
