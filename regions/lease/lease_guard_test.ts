import assert from "node:assert/strict";
import fc from "fast-check";
import type { LeaseAnswer } from "../../protocol/keeper/lease_answer.ts";
import { LeaseGuard } from "./lease_guard.ts";

const HELD: LeaseAnswer = {
  ...{ clusterId: "E39", site: "eu", held: true, validMs: 1_000 },
  active: { site: "eu", epoch: 1 },
};
const REFUSED: LeaseAnswer = { ...HELD, held: false, validMs: 0, active: { site: "us", epoch: 2 } };

/** A guard on a clock that only moves when told to, and a keeper that answers when told to. */
function stage() {
  let at = 0;
  let asleep = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  const questions: { askedAt: number; resolve: (a: LeaseAnswer) => void; reject: () => void }[] =
    [];
  const guard = new LeaseGuard({
    source: {
      ask: () => {
        const { promise, resolve, reject } = Promise.withResolvers<LeaseAnswer>();
        questions.push({ askedAt: at + asleep, resolve, reject: () => reject(new Error("away")) });
        return promise;
      },
    },
    clock: () => at + asleep,
    timer: (ms, run) => {
      const timer = { at: at + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    log: { info: () => {}, warn: () => {} },
  });
  const settle = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return {
    guard,
    questions,
    settle,
    /** Lets time pass, firing what is due; timers stand still while the machine sleeps. */
    async pass(ms: number) {
      const until = at + ms;
      for (;;) {
        const due = [...timers].filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        timers.delete(due);
        at = Math.max(at, due.at);
        due.run();
        await settle();
      }
      at = until;
    },
    sleep: (ms: number) => asleep += ms,
    now: () => at + asleep,
  };
}

Deno.test("LeaseGuard counts from before it asked, and by the answer that came last", async () => {
  const { guard, questions, pass, settle } = stage();
  guard.start();
  assert.equal(guard.held, false);
  await pass(400);
  questions[0].resolve(HELD);
  await settle();
  assert.equal(guard.held, true);
  await pass(599);
  assert.equal(guard.held, true);
  await pass(1);
  assert.equal(guard.held, false, "1000 ms after the question, not after the answer");
  guard.close();
});

Deno.test("LeaseGuard ends a hold at the first interruption, for good", async () => {
  const { guard, questions, pass, settle, sleep } = stage();
  guard.start();
  assert.throws(() => guard.hold(), { code: "not_active" });
  questions.at(-1)!.resolve(HELD);
  await settle();
  const hold = guard.hold();
  let ended = false;
  hold.ended.then(() => ended = true);
  await pass(200);
  questions.at(-1)!.resolve(HELD);
  await settle();
  hold.check();
  // The machine is suspended: no timer has fired, and yet nothing may be let out.
  sleep(60_000);
  assert.throws(() => hold.check(), { code: "not_active" });
  await settle();
  assert.equal(ended, true);
  await pass(200);
  questions.at(-1)!.resolve(HELD);
  await settle();
  assert.equal(guard.held, true);
  assert.equal(hold.held, false);
  guard.close();
});

Deno.test("LeaseGuard tells the end of a hold in time, without being asked", async () => {
  const { guard, questions, pass, settle } = stage();
  guard.start();
  questions[0].resolve(HELD);
  await settle();
  let ended = false;
  guard.hold().ended.then(() => ended = true);
  await pass(999);
  assert.equal(ended, false);
  await pass(1);
  assert.equal(ended, true);
  guard.close();
});

Deno.test("LeaseGuard takes a refusal at once, and passes over an answer that came too late", async () => {
  const { guard, questions, pass, settle } = stage();
  guard.start();
  await pass(700);
  assert.equal(questions.length, 2, "an unanswered question does not keep the next one waiting");
  questions[1].resolve(REFUSED);
  await settle();
  questions[0].resolve(HELD);
  await settle();
  assert.equal(guard.held, false);
  assert.deepEqual(guard.active, { site: "us", epoch: 2 });
  guard.close();
});

Deno.test("LeaseGuard lets whoever waits for the lease go on, or give up", async () => {
  const { guard, questions, settle, pass } = stage();
  guard.start();
  const giveUp = new AbortController();
  let acquired = false;
  const waiting = guard.acquired(new AbortController().signal).then(() => acquired = true);
  const other = assert.rejects(guard.acquired(giveUp.signal), /enough/);
  questions[0].resolve(REFUSED);
  await settle();
  await pass(200);
  assert.equal(acquired, false);
  giveUp.abort(new Error("enough"));
  questions[1].resolve(HELD);
  await settle();
  await Promise.all([waiting, other]);
  guard.close();
});

const step = fc.oneof(
  fc.record({ pass: fc.integer({ min: 1, max: 1_500 }) }),
  fc.record({ sleep: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ answer: fc.integer({ min: 0, max: 3_000 }) }),
  fc.constant({ refuse: true as const }),
  fc.constant({ fail: true as const }),
);

Deno.test("LeaseGuard holds only within what an answer granted, counted from its question", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = stage();
      const { guard, questions, settle } = world;
      guard.start();
      let granted = -Infinity;
      let hold: ReturnType<LeaseGuard["hold"]> | null = null;
      for (const now of steps) {
        const last = questions.at(-1)!;
        if ("pass" in now) await world.pass(now.pass);
        else if ("sleep" in now) world.sleep(now.sleep);
        else if ("answer" in now) last.resolve({ ...HELD, validMs: now.answer });
        else if ("refuse" in now) last.resolve(REFUSED);
        else last.reject();
        await settle();
        // More than what was ever granted is never held; the newest answer may have cut it short.
        if ("answer" in now) granted = Math.max(granted, last.askedAt + now.answer);
        if (guard.held) assert.ok(world.now() < granted);
        if (hold?.held) assert.ok(guard.held, "a hold is never more than the lease");
        hold ??= guard.held ? guard.hold() : null;
      }
      guard.close();
    }),
    { numRuns: 300 },
  );
});
