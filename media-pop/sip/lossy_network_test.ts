import assert from "node:assert/strict";
import fc from "fast-check";
import { ANSWER, PLACEMENT, seeded, twoPhones } from "./testing/two_phones.ts";

/** One thing a party may do. */
const plan = fc.record({
  seed: fc.nat(1_000_000),
  loss: fc.constantFrom(0, 0.1, 0.3, 0.6),
  decision: fc.constantFrom("accept", "reject", "nothing"),
  decideAfter: fc.nat(5000),
  callerLeavesAfter: fc.option(fc.nat(20_000)),
  calleeLeavesAfter: fc.option(fc.nat(20_000)),
});

Deno.test("under loss and reordering every call ends once on both sides and nothing stays", async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (p) => {
      const { clock, a, b, lines } = await twoPhones({
        network: { random: seeded(p.seed), loss: p.loss, delay: 20, jitter: 60 },
        a: { limits: { session: 60_000 } },
        b: { limits: { session: 60_000 } },
      });
      let offered = 0, endedB = 0, endedA = 0, answered = 0;
      b.endpoint.onInvite = (call) => {
        offered++;
        call.onEnded = () => endedB++;
        call.ringing();
        clock.after(p.decideAfter, () => {
          if (p.decision === "accept") call.accept(ANSWER);
          else if (p.decision === "reject") call.reject(486);
        });
        if (p.calleeLeavesAfter !== null) clock.after(p.calleeLeavesAfter, () => call.hangUp());
      };
      const call = a.endpoint.invite(PLACEMENT);
      call.onAnswered = () => answered++;
      call.onEnded = () => endedA++;
      if (p.callerLeavesAfter !== null) clock.after(p.callerLeavesAfter, () => call.hangUp());
      clock.advance(400_000);
      assert.equal(endedA, 1);
      assert.ok(offered <= 1 && answered <= 1);
      assert.equal(endedB, offered);
      for (const { endpoint } of [a, b]) {
        assert.deepEqual(endpoint.load, { calls: 0, servers: 0, clients: 0, timers: 0 });
      }
      assert.deepEqual(lines, []);
      if (p.loss === 0 && p.decision === "accept" && p.callerLeavesAfter === null) {
        const left = p.calleeLeavesAfter !== null && p.calleeLeavesAfter <= p.decideAfter;
        assert.equal(answered, left ? 0 : 1);
      }
      await a.endpoint.close();
      await b.endpoint.close();
    }),
    { seed: 3261, numRuns: 150 },
  );
});

Deno.test("a tenth lost costs no call: a hundred calls are answered and ended", async () => {
  const { clock, a, b } = await twoPhones({
    network: { random: seeded(1), loss: 0.1, delay: 20, jitter: 30 },
  });
  let acked = 0, byes = 0;
  b.endpoint.onInvite = (call) => {
    call.onAck = () => acked++;
    call.onBye = () => byes++;
    call.ringing();
    call.accept(ANSWER);
  };
  for (let i = 0; i < 100; i++) {
    const call = a.endpoint.invite(PLACEMENT);
    call.onAnswered = () => clock.after(40_000, () => call.hangUp());
  }
  clock.advance(35_000);
  assert.equal(acked, 100);
  clock.advance(60_000);
  assert.equal(byes, 100);
  await a.endpoint.close();
  await b.endpoint.close();
});
