import assert from "node:assert/strict";
import { UnderWay } from "./under_way.ts";

Deno.test("UnderWay waits for the last one, and no longer than it is told", async () => {
  const timers: (() => void)[] = [];
  let cancelled = 0;
  const timer = (_: number, run: () => void) => {
    timers.push(run);
    return () => void (cancelled += 1);
  };
  const requests = new UnderWay();
  await requests.ended(300, timer);
  assert.equal(timers.length, 0, "nothing is under way");
  const [first, second] = [requests.begin(), requests.begin()];
  let ended = 0;
  const waiting = requests.ended(300, timer).then(() => ended += 1);
  first();
  await Promise.resolve();
  assert.equal(ended, 0);
  second();
  await waiting;
  assert.equal(cancelled, 1);
  requests.begin();
  const late = requests.ended(300, timer);
  timers.at(-1)!();
  await late;
});
