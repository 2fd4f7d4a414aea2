import { strictEqual } from "node:assert/strict";
import { duration } from "./duration.ts";

Deno.test("duration is short below an hour", () => {
  strictEqual(duration(0), "0:00");
  strictEqual(duration(7_999), "0:07");
  strictEqual(duration(754_000), "12:34");
});

Deno.test("duration shows hours when there are any", () => {
  strictEqual(duration(3_723_000), "1:02:03");
  strictEqual(duration(36_000_000), "10:00:00");
});

Deno.test("duration never counts below nothing", () => {
  strictEqual(duration(-5_000), "0:00");
});
