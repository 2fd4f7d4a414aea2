import assert from "node:assert/strict";
import fc from "fast-check";
import { TimerWheel } from "./timer_wheel.ts";

const fail = (error: unknown) => {
  throw error;
};

Deno.test("timers fire neither early nor more than a tick late, cleared ones never", () => {
  const timer = fc.record({ after: fc.nat(200_000), cleared: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(timer, { maxLength: 40 }),
      fc.integer({ min: 1, max: 60 }),
      (all, step) => {
        const wheel = new TimerWheel(fail, 0, 50, 16);
        const fired = new Map<number, number>();
        all.forEach(({ after, cleared }, i) => {
          const set = wheel.set(after, () => fired.set(i, wheel.now));
          if (cleared) wheel.clear(set);
        });
        for (let now = 0; now <= 201_000; now += step * 50) wheel.turn(now);
        wheel.turn(201_000);
        assert.equal(wheel.size, 0);
        all.forEach(({ after, cleared }, i) => {
          const at = fired.get(i);
          if (cleared) assert.equal(at, undefined);
          else assert.ok(at !== undefined && at >= after && at <= after + 50, `${after} at ${at}`);
        });
      },
    ),
    { seed: 5, numRuns: 60 },
  );
});

Deno.test("a timer that throws is told of and does not stop the others", () => {
  const errors: unknown[] = [];
  const wheel = new TimerWheel((error) => errors.push(error));
  let fired = 0;
  wheel.set(100, () => fail(new Error("defect")));
  wheel.set(100, () => fired++);
  const again = () => (fired++ < 3 ? wheel.set(50, again) : undefined);
  wheel.set(100, again);
  wheel.turn(1000);
  assert.equal(errors.length, 1);
  assert.equal(fired, 4);
});
