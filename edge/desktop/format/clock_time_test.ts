import { strictEqual } from "node:assert/strict";
import { clockTime } from "./clock_time.ts";

Deno.test("clock time follows the reader's manner", () => {
  const at = Date.UTC(2024, 0, 1, 14, 5);
  strictEqual(clockTime("de-DE", "UTC")(at), "14:05");
  strictEqual(clockTime("en-US", "UTC")(at).replace(/\s/g, " "), "2:05 PM");
});
