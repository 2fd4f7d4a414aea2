import assert from "node:assert/strict";
import { writeWithin } from "./write_within.ts";

function manualTimer() {
  const set: { ms: number; run: () => void; cancelled: boolean }[] = [];
  const timer = (ms: number, run: () => void) => {
    const it = { ms, run, cancelled: false };
    set.push(it);
    return () => void (it.cancelled = true);
  };
  return { set, timer };
}

Deno.test("writeWithin() gives what the write gives, and leaves no timer", async () => {
  const { set, timer } = manualTimer();
  assert.equal(await writeWithin(Promise.resolve(7), 20_000, timer), 7);
  await assert.rejects(writeWithin(Promise.reject(new Error("disk")), 20_000, timer), /disk/);
  assert.deepEqual(set.map(({ ms, cancelled }) => [ms, cancelled]), [[20_000, true], [
    20_000,
    true,
  ]]);
});

Deno.test("writeWithin() ends the process's writing when a commit hangs", async () => {
  const { set, timer } = manualTimer();
  const never = Promise.withResolvers<void>();
  const waiting = writeWithin(never.promise, 20_000, timer);
  set[0].run();
  await assert.rejects(waiting, { code: "stale_epoch" });
  // What comes of it later is not unhandled.
  never.reject(new Error("closed"));
});
