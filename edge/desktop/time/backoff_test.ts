import { strictEqual } from "node:assert/strict";
import fc from "fast-check";
import { backoff } from "./backoff.ts";

Deno.test("backoff doubles from the first wait to the longest", () => {
  const bounds = { first: 100, most: 1000 };
  const waits = [0, 1, 2, 3, 4, 9].map((attempt) => backoff(attempt, 0.999_999, bounds));
  strictEqual(waits.join(), "100,200,400,800,1000,1000");
});

Deno.test("backoff takes at least half of the wait", () => {
  strictEqual(backoff(0, 0, { first: 100, most: 1000 }), 50);
});

Deno.test("backoff stays within its bounds", () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, r) => {
      const wait = backoff(attempt, r);
      return wait >= 250 && wait <= 15_000;
    }),
  );
});
