import assert from "node:assert/strict";
import fc from "fast-check";
import { compareSync } from "./compare_sync.ts";
import { decideWitness } from "./decide_witness.ts";
import type { LeaseHolder, SyncSet, WitnessRecord } from "./witness_record.ts";
import type { WitnessRequest } from "./witness_request.ts";
import { bootWitness, type WitnessState } from "./witness_state.ts";

const A = { site: "eu-central", instance: "a1" };
const A2 = { site: "eu-central", instance: "a2" };
const B = { site: "us-east", instance: "b1" };
const NOBODY: SyncSet = { term: 0, revision: 0, inSync: [] };
const ttlMs = 1000;

class Witness {
  state: WitnessState = bootWitness(null, 0);
  disk: WitnessRecord | null = null;

  ask(request: WitnessRequest, now: number) {
    const { state, answer, write } = decideWitness(this.state, "E39", request, now);
    this.state = state;
    if (write) this.disk = write;
    return answer;
  }

  acquire(from: LeaseHolder, term: number, now: number, sync = NOBODY) {
    return this.ask({ kind: "acquire", from, term, ttlMs, sync }, now).refusal;
  }

  renew(from: LeaseHolder, term: number, now: number, sync = NOBODY) {
    return this.ask({ kind: "renew", from, term, ttlMs, sync, position: null }, now).refusal;
  }
}

Deno.test("a live grant keeps others out, an ended one does not", () => {
  const witness = new Witness();
  assert.equal(witness.acquire(A, 1, 0), null);
  assert.equal(witness.acquire(B, 2, 999), "held");
  assert.equal(witness.renew(A, 1, 999), null);
  assert.equal(witness.acquire(B, 2, 1500), "held");
  assert.equal(witness.acquire(B, 2, 1999), null);
  assert.equal(witness.renew(A, 1, 5000), "lower-term");
});

Deno.test("a term belongs to one holder for ever, also once it is released", () => {
  const witness = new Witness();
  witness.acquire(A, 1, 0);
  assert.equal(witness.acquire(B, 1, 5000), "lower-term");
  const release = { kind: "release", from: A, term: 1, next: B.site, position: null } as const;
  assert.equal(witness.ask(release, 10).refusal, null);
  assert.equal(witness.renew(A, 1, 20), "lower-term", "a renewal that was on its way");
  assert.equal(witness.disk!.next, B.site);
  assert.equal(witness.acquire(B, 2, 30), null, "nobody waits for what was given back");
  assert.equal(witness.disk!.next, null);
});

Deno.test("a release that arrives before what it releases keeps that out", () => {
  const witness = new Witness();
  witness.ask({ kind: "release", from: A, term: 1, next: null, position: null }, 0);
  assert.equal(witness.acquire(A, 1, 1), "lower-term");
});

Deno.test("a witness that starts anew counts its grant as made just then", () => {
  const witness = new Witness();
  witness.acquire(A, 1, 0);
  witness.state = bootWitness(witness.disk, 900_000);
  assert.equal(witness.acquire(B, 2, 900_999), "held");
  assert.equal(witness.acquire(B, 2, 901_000), null);
});

Deno.test("a second keeper of a site is told so while the first lives", () => {
  const witness = new Witness();
  witness.acquire(A, 1, 0);
  assert.equal(witness.acquire(A2, 2, 500), "duplicate");
  assert.equal(witness.ask({ kind: "read", from: A2 }, 600).refusal, "duplicate");
  assert.equal(witness.renew(A, 1, 700), null);
  assert.equal(witness.acquire(A2, 2, 1700), null, "the first has gone");
});

Deno.test("of two standby keepers of a site the first that spoke counts", () => {
  const witness = new Witness();
  assert.equal(witness.ask({ kind: "read", from: A }, 0).refusal, null);
  assert.equal(witness.ask({ kind: "read", from: A2 }, 10).refusal, "duplicate");
  assert.equal(witness.ask({ kind: "read", from: A }, 2000).refusal, null);
  assert.equal(witness.ask({ kind: "read", from: A2 }, 4400).refusal, "duplicate");
  assert.equal(witness.ask({ kind: "read", from: A2 }, 4500).refusal, null);
});

Deno.test("whoever lacks the newest statement of who is in sync gets no term", () => {
  const witness = new Witness();
  witness.acquire(A, 1, 0, { term: 0, revision: 0, inSync: [A.site, B.site] });
  witness.renew(A, 1, 10, { term: 1, revision: 1, inSync: [A.site] });
  const older = { term: 0, revision: 0, inSync: [A.site, B.site] };
  assert.equal(witness.acquire(B, 2, 5000, older), "newer-sync");
  witness.renew(A, 1, 5000, older);
  assert.deepEqual(witness.disk!.sync.inSync, [A.site], "a delayed renewal changes nothing");
});

const holder = fc.constantFrom(A, A2, B);
const sync = fc.record({
  term: fc.nat(4),
  revision: fc.nat(3),
  inSync: fc.subarray([A.site, B.site]),
});
const term = fc.nat(6);
const request: fc.Arbitrary<WitnessRequest> = fc.oneof(
  fc.record({ kind: fc.constant("read" as const), from: holder }),
  fc.record({
    kind: fc.constant("acquire" as const),
    from: holder,
    term,
    ttlMs: fc.constant(ttlMs),
    sync,
  }),
  fc.record({
    kind: fc.constant("renew" as const),
    from: holder,
    term,
    ttlMs: fc.constant(ttlMs),
    sync,
    position: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant("release" as const),
    from: holder,
    term,
    next: fc.constantFrom(null, A.site),
    position: fc.constant(null),
  }),
);
const step = fc.record({ wait: fc.nat(700), reboot: fc.nat(9).map((n) => n === 0), request });

Deno.test("whatever comes in whatever order, grants stand alone and nothing goes back", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const witness = new Witness();
      const owners = new Map<number, string>();
      let now = 0;
      let grant: { owner: string; until: number } | null = null;
      for (const { wait, reboot, request } of steps) {
        now += wait;
        if (reboot) witness.state = bootWitness(witness.disk, now);
        const before = witness.disk;
        const owner = `${request.from.site}/${request.from.instance}`;
        const { refusal, record } = witness.ask(request, now);
        assert.deepEqual(record, witness.disk);
        if (before) {
          assert.ok(record!.term >= before.term);
          assert.ok(compareSync(record!.sync, before.sync) >= 0);
          if (record!.term === before.term && before.holder === null) {
            assert.equal(record!.holder, null, "a released term comes back");
          }
        }
        if (refusal || request.kind === "read") assert.deepEqual(record, before);
        else if (request.kind === "release") {
          if (grant?.owner === owner) grant = null;
          assert.ok(!grant || grant.until <= now, "another's live grant was released");
        } else {
          assert.ok(!grant || grant.owner === owner || grant.until <= now, "two live grants");
          assert.equal(owners.get(request.term) ?? owner, owner, "a term with two holders");
          owners.set(request.term, owner);
          grant = { owner, until: now + ttlMs };
        }
      }
    }),
    { numRuns: 300 },
  );
});
