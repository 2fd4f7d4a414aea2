import assert from "node:assert/strict";
import { CommandRate } from "./command_rate.ts";

Deno.test("CommandRate lets a burst pass, then twenty a second", () => {
  const rate = new CommandRate();
  const passed = (count: number, at: number) =>
    Array.from({ length: count }, () => rate.take(at)).filter(Boolean).length;
  assert.equal(passed(100, 1_000_000), 40);
  assert.equal(passed(100, 1_000_500), 10);
  assert.equal(passed(100, 1_060_000), 40);
});
