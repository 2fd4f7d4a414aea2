import assert from "node:assert/strict";
import fc from "fast-check";
import { leaseEnd } from "./lease_end.ts";
import { addSight, type LeaseEvidence, NO_EVIDENCE } from "./lease_evidence.ts";
import type { PatroniSight } from "./patroni_sight.ts";
import { PatroniDouble } from "./testing/patroni_double.ts";

const TIMES = { ttlMs: 5_000, loopWaitMs: 1_000 };
const LENGTH = 4_800;

function sights(...series: Partial<PatroniSight>[]): LeaseEvidence {
  const usual = { leader: true, primary: true, failsafe: false, round: 100 };
  return series.reduce<LeaseEvidence>(
    (evidence, sight, i) => addSight(evidence, { at: i * 200, ...usual, ...sight }, 1_000),
    NO_EVIDENCE,
  );
}

const end = (...series: Partial<PatroniSight>[]) => leaseEnd(sights(...series), TIMES);

Deno.test("one sight of a leader proves nothing, nor do many of the same round", () => {
  assert.equal(end({}), -Infinity);
  assert.equal(end({}, {}, {}, {}), -Infinity);
});

Deno.test("a new round proves that the one before has renewed since it began", () => {
  assert.equal(end({}, { round: 101 }), -Infinity);
  assert.equal(end({}, { round: 101 }, { round: 101 }), -Infinity);
  const third = [{ at: 0 }, { at: 200, round: 101 }, { at: 1000, round: 101 }];
  assert.equal(end(...third, { at: 1200, round: 102 }), 0 + LENGTH);
  const fourth = [{ at: 2000, round: 102 }, { at: 2200, round: 103 }];
  assert.equal(end(...third, { at: 1200, round: 102 }, ...fourth), 1000 + LENGTH);
});

Deno.test("a replica that leads has taken the key since it was asked last", () => {
  const replica = { at: 5000, leader: false, primary: false };
  assert.equal(end(replica, { at: 5200 }), 4000 + LENGTH);
  assert.equal(end(replica, { at: 5200, primary: false }), -Infinity, "promotion is under way");
  assert.equal(end(replica, { at: 5200, primary: false }, { at: 5400 }), 4000 + LENGTH);
});

Deno.test("a primary whose belief comes back, as by a clock set back, has proven nothing", () => {
  const series = [{ at: 0, leader: false }, { at: 200 }, { at: 400 }];
  assert.equal(end(...series), -Infinity);
});

Deno.test("who does not lead, or takes no writes, has no lease, whatever was proven", () => {
  const proven = [{ leader: false, primary: false }, {}];
  assert.equal(end(...proven), -1000 + LENGTH);
  assert.equal(end(...proven, { leader: false }), -Infinity);
  assert.equal(end(...proven, { primary: false }), -Infinity);
  assert.equal(end(...proven, { leader: false }, {}), -Infinity, "it starts from nothing");
});

Deno.test("entering failsafe mode is a promise for a ttl; then answers count for moments", () => {
  const entered = [{ at: 0 }, { at: 200, failsafe: true }];
  assert.equal(end(...entered), -2000 + LENGTH);
  assert.equal(end(...entered, { at: 4000, failsafe: true, round: 103 }), 5500);
  assert.equal(end(...entered, { at: 6000, failsafe: true }), 7500);
});

Deno.test("leaving failsafe mode proves that the last round known to have begun, or a later one, has the key", () => {
  const mode = [{ at: 0 }, { at: 200, failsafe: true }, { at: 6000, failsafe: true }];
  const begun = { at: 6200, failsafe: true, round: 106 };
  assert.equal(end(...mode, begun, { at: 6400, round: 106 }), 6000 + LENGTH);
  const both = [...mode, begun, { at: 6400, round: 107 }];
  assert.equal(end(...both), 6000 + LENGTH, "the round after it was seen as well");
  assert.equal(end(...both, { at: 7400, round: 108 }), 6200 + LENGTH);
});

Deno.test("a primary that takes its key anew after failsafe mode goes on; one that lost it does not", () => {
  const mode = [{ at: 0 }, { at: 200, failsafe: true }, { at: 6000, failsafe: true }];
  const without = { at: 6200, leader: false, failsafe: true, round: 106 };
  assert.equal(end(...mode, without), 9000);
  assert.equal(end(...mode, without, { ...without, at: 6900 }), 9000);
  assert.equal(end(...mode, without, { at: 6400, round: 106 }), 6200 - 1000 + LENGTH);
  assert.equal(end(...mode, without, { at: 6400, round: 106, failsafe: true }), 7900);
  assert.equal(end(...mode, { ...without, failsafe: false }), -Infinity);
  assert.equal(end(...mode, { ...without, primary: false }), -Infinity);
});

Deno.test("a lease that is proven never outlasts the leader key, whatever clocks and stores do", () => {
  const ms = (min: number, max: number) => fc.integer({ min, max });
  const round = fc.record({
    pause: fc.oneof({ weight: 6, arbitrary: ms(950, 1100) }, ms(300, 9000)),
    outcome: fc.constantFrom("renewed" as const, "renewed", "renewed", "kept", "kept", "lost"),
    there: fc.oneof({ weight: 4, arbitrary: ms(1, 30) }, ms(1, 4000)),
    back: fc.oneof({ weight: 4, arbitrary: ms(0, 30) }, ms(0, 2000)),
  });
  const ask = fc.record({
    pause: fc.oneof({ weight: 6, arbitrary: ms(190, 260) }, ms(190, 7000)),
    takes: fc.oneof({ weight: 4, arbitrary: ms(0, 20) }, ms(0, 500)),
  });
  const jump = fc.record({ at: ms(0, 30_000), by: ms(-20_000, 20_000) });
  let proven = 0;
  fc.assert(
    fc.property(
      fc.array(round, { maxLength: 30, size: "max" }),
      fc.array(ask, { minLength: 5, maxLength: 200, size: "max" }),
      fc.array(jump, { maxLength: 3 }),
      ms(0, 1000),
      (rounds, asks, jumps, session) => {
        const wall = (at: number) =>
          jumps.reduce((sum, jump) => jump.at <= at ? sum + jump.by : sum, 1_000_000_000);
        const double = new PatroniDouble(rounds, session, wall);
        let evidence = NO_EVIDENCE;
        let at = -400;
        for (const { pause, takes } of asks) {
          const sight = double.sight(at, at + takes);
          evidence = addSight(evidence, sight, double.loopWaitMs);
          const lease = leaseEnd(evidence, double);
          const free = double.free(at + takes);
          if (lease > at) proven++;
          if (!sight.failsafe) assert.ok(lease <= free, `${lease} at ${at}, but free at ${free}`);
          else assert.ok(lease <= Math.max(free, at + (sight.leader ? 1500 : 3000)));
          at += Math.max(pause, takes);
        }
      },
    ),
    { numRuns: 3000 },
  );
  assert.ok(proven > 1000, "leases were proven");
});
