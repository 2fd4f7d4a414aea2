import assert from "node:assert/strict";
import fc from "fast-check";
import { CircuitBreaker, FAILURES } from "./circuit_breaker.ts";
import { retryWait } from "./retry_wait.ts";
import { Turnstile } from "./turnstile.ts";

/** Timers that fire when told. */
function timers() {
  const set = new Set<() => void>();
  return {
    set,
    timer: (_: number, run: () => void) => {
      set.add(run);
      return () => void set.delete(run);
    },
    fire: () => [...set].forEach((run) => (set.delete(run), run())),
  };
}

Deno.test("a turnstile lets so many in, the others in order, and some not at all", async () => {
  const { timer, fire, set } = timers();
  const turnstile = new Turnstile({ most: 1, waiting: 2, timer });
  const order: string[] = [];
  const enter = (name: string, key = "a") =>
    turnstile.enter(key, 1000).then((leave) => (order.push(name), leave));
  const first = await enter("1");
  const second = enter("2");
  const third = enter("3");
  await assert.rejects(enter("4"), { code: "service_busy" });
  const other = await enter("other", "b");
  first();
  first();
  const leaveSecond = await second;
  fire();
  await assert.rejects(third, { code: "service_busy" });
  leaveSecond();
  other();
  assert.deepEqual(order, ["1", "other", "2"]);
  assert.deepEqual([turnstile.inside, set.size], [0, 0]);
});

Deno.test("whoever comes and goes, a turnstile never lets more in, and forgets nobody", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("enter", "leave", "late"), { maxLength: 60 }),
      async (acts) => {
        const { timer, fire } = timers();
        const turnstile = new Turnstile({ most: 2, waiting: 3, timer });
        const inside: (() => void)[] = [];
        let pending = 0;
        for (const act of acts) {
          if (act === "enter") {
            pending += 1;
            turnstile.enter("k", 1).then((leave) => inside.push(leave), () => {})
              .finally(() => pending -= 1);
          } else if (act === "leave") inside.shift()?.();
          else fire();
          for (let i = 0; i < 4; i++) await Promise.resolve();
          assert.equal(turnstile.inside, inside.length);
          assert.ok(inside.length <= 2);
          assert.ok(pending === 0 || inside.length === 2);
        }
      },
    ),
  );
});

Deno.test("a circuit opens after failures in a row, lets one through, and pauses longer each time", () => {
  let now = 0;
  const breaker = new CircuitBreaker(() => now);
  const refused = { code: "service_down" };
  const fail = () => (breaker.ask("a"), breaker.tell("a", false));
  for (let i = 0; i < FAILURES - 1; i++) fail();
  breaker.ask("a");
  breaker.tell("a", true);
  for (let i = 0; i < FAILURES; i++) fail();
  assert.throws(() => breaker.ask("a"), refused);
  breaker.ask("b");
  assert.equal(breaker.open, 1);
  now += 10_000;
  breaker.ask("a");
  assert.throws(() => breaker.ask("a"), refused, "one at a time");
  breaker.tell("a", null);
  fail();
  now += 10_000;
  assert.throws(() => breaker.ask("a"), refused);
  now += 10_000;
  breaker.ask("a");
  breaker.tell("a", true);
  breaker.ask("a");
  assert.equal(breaker.open, 0);
});

Deno.test("waits double, vary, end, and are never shorter than what the server asks for", () => {
  const wait = (attempt: number, retryAfter?: string, random = 0) =>
    retryWait({ attempt, retryAfter, random, now: Date.UTC(2026, 0, 1) });
  assert.deepEqual([0, 1, 2, 9].map((n) => wait(n)), [200, 400, 800, 5000]);
  assert.equal(wait(0, undefined, 0.999) > 100, true);
  assert.equal(wait(0, "3"), 3000);
  assert.equal(wait(0, "Thu, 01 Jan 2026 00:00:07 GMT"), 7000);
  assert.equal(wait(0, "soon"), 200);
  assert.equal(wait(0, "-5"), 200);
});
