import assert from "node:assert/strict";
import fc from "fast-check";
import { bootClock } from "./boot_clock.ts";

/** What passes between two looks: time awake, then time suspended. */
const passing = fc.array(fc.record({ awake: fc.nat(3_000), asleep: fc.nat(20_000) }), {
  minLength: 1,
  maxLength: 40,
});

Deno.test("bootClock() never goes back, nor behind the time since the start by more than a step", () => {
  fc.assert(fc.property(passing, fc.constantFrom(1, 10, 1_000), (steps, step) => {
    let monotonic = 5_000;
    let real = 123_456;
    const clock = bootClock({
      monotonic: () => monotonic,
      uptime: () => Math.floor(real / step) * step,
    });
    let before = clock();
    const first = before;
    const began = real;
    for (const { awake, asleep } of steps) {
      monotonic += awake;
      real += awake + asleep;
      const now = clock();
      assert.ok(now >= before + awake);
      assert.ok(now - first >= real - began - step);
      assert.ok(now - first <= real - began + step);
      before = now;
    }
  }));
});

Deno.test("bootClock() is exact while nothing is suspended, once it knows the coarse clock's phase", () => {
  let at = 0;
  const clock = bootClock({ monotonic: () => at, uptime: () => Math.floor(at / 1000) * 1000 });
  for (; at < 1_000; at += 10) clock();
  const first = clock();
  at += 250;
  assert.equal(clock() - first, 250);
});
