import assert from "node:assert/strict";
import fc from "fast-check";
import { decideWitness } from "./decide_witness.ts";
import { type LeaseState, newLease } from "./lease_state.ts";
import { LEASE_TIMES } from "./lease_times.ts";
import { type LeaseEvent, type LeaseSend, stepLease } from "./step_lease.ts";
import { viewLease } from "./view_lease.ts";
import type { WitnessAnswer } from "./witness_answer.ts";
import { bootWitness, type WitnessState } from "./witness_state.ts";

const SITES = ["eu-central", "us-east", "control"];
const [EU, US, CONTROL] = SITES;

/** Three witnesses and keepers of some sites; every message arrives at once, or not at all. */
class Bench {
  now = 1000;
  witnesses: Record<string, WitnessState> = Object.fromEntries(
    SITES.map((site) => [site, bootWitness(null, 0)]),
  );
  keepers: Record<string, LeaseState> = {};
  /** "from>to" of requests, and "to>from" of answers, that are lost. */
  cut = new Set<string>();
  sent: LeaseSend[] = [];

  keeper(site: string, name = site, instance = `${name}-1`): this {
    const self = { site, instance };
    const setup = { self, witnesses: SITES, times: LEASE_TIMES };
    this.keepers[name] = newLease(setup, this.now);
    return this;
  }

  tell(name: string, event: LeaseEvent): void {
    const { state, send } = stepLease(this.keepers[name], event, this.now);
    this.keepers[name] = state;
    this.sent.push(...send);
    const { site } = state.setup.self;
    for (const { call, to, request } of send) {
      if (this.cut.has(`${site}>${to}`)) continue;
      const decision = decideWitness(this.witnesses[to], "E39", request, this.now);
      this.witnesses[to] = decision.state;
      if (this.cut.has(`${to}>${site}`)) continue;
      this.answer(name, call, decision.answer);
    }
  }

  answer(name: string, call: number, answer: WitnessAnswer): void {
    this.tell(name, { kind: "answer", call, answer });
  }

  /** Ticks every keeper every 50 ms. */
  pass(ms: number): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now += 50;
      for (const name of Object.keys(this.keepers)) this.tell(name, { kind: "tick" });
    }
  }

  view(name: string) {
    return viewLease(this.keepers[name], this.now);
  }

  /** Cuts a site off, both ways. */
  isolate(site: string): void {
    for (const other of SITES.filter((it) => it !== site)) {
      this.cut.add(`${site}>${other}`).add(`${other}>${site}`);
    }
  }

  /** EU holds term 1 and has published both sites. */
  begin(): this {
    this.keeper(EU).keeper(US);
    this.pass(50);
    this.tell(EU, { kind: "acquire", mode: "bootstrap" });
    this.tell(EU, { kind: "publish", inSync: [EU, US] });
    this.pass(250);
    return this;
  }
}

Deno.test("a holder is valid from before it asked, with a margin, and renews in time", () => {
  const bench = new Bench().keeper(EU);
  bench.pass(50);
  assert.equal(bench.view(EU).blank, true);
  bench.tell(EU, { kind: "acquire", mode: "bootstrap" });
  const { mine } = bench.view(EU);
  assert.deepEqual([mine!.term, mine!.validUntil], [1, bench.now + 2500 - 250 - 50]);
  bench.pass(10_000);
  assert.equal(bench.view(EU).mine!.term, 1);
  bench.isolate(EU);
  bench.pass(2200);
  assert.equal(bench.view(EU).mine, null, "its own witness is no majority");
});

Deno.test("an answer that comes late extends nothing beyond when it was asked for", () => {
  const bench = new Bench().begin();
  bench.cut = new Set([`${EU}>${US}`, `${EU}>${CONTROL}`]);
  bench.now += 500;
  const asked = bench.now;
  bench.sent = [];
  bench.tell(EU, { kind: "tick" });
  const late = bench.sent.filter((it) => it.to !== EU);
  assert.equal(late.length, 2);
  bench.now = asked + 500;
  for (const { call, to, request } of late) {
    const decision = decideWitness(bench.witnesses[to], "E39", request, bench.now);
    bench.answer(EU, call, decision.answer);
  }
  assert.ok(bench.view(EU).mine!.validUntil <= asked + 2200);
});

Deno.test("the standby takes over when the holder's majority has ended, with the next term", () => {
  const bench = new Bench().begin();
  bench.tell(US, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view(US).acquiring, false, "nothing is asked while another holds it");
  bench.isolate(EU);
  bench.pass(2600);
  assert.equal(bench.view(EU).mine, null);
  bench.tell(US, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view(US).mine!.term, 2);
  assert.deepEqual(bench.view(US).mine!.sync, { term: 1, revision: 1, inSync: [EU, US] });
  bench.cut.clear();
  bench.pass(600);
  bench.tell(EU, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view(EU).acquiring, false);
  assert.equal(bench.view(EU).newest!.record.holder!.site, US);
});

Deno.test("a site that is not in sync takes nothing unless loss is accepted", () => {
  const bench = new Bench().begin();
  bench.tell(EU, { kind: "publish", inSync: [EU] });
  assert.equal(bench.view(EU).mine!.durable, true);
  bench.pass(250);
  bench.tell(US, { kind: "acquire", mode: "accept-loss" });
  assert.equal(bench.view(US).acquiring, false, "the holder lives");
  bench.isolate(EU);
  bench.pass(2600);
  bench.tell(US, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view(US).mine, null);
  bench.tell(US, { kind: "acquire", mode: "accept-loss" });
  assert.equal(bench.view(US).mine!.term, 2);
});

Deno.test("a set that only a minority has written is not durable", () => {
  const bench = new Bench().begin();
  bench.cut = new Set([`${EU}>${US}`, `${EU}>${CONTROL}`]);
  bench.tell(EU, { kind: "publish", inSync: [EU] });
  assert.equal(bench.view(EU).mine!.durable, false);
  bench.cut.clear();
  bench.pass(500);
  assert.equal(bench.view(EU).mine!.durable, true);
});

Deno.test("a term that was tried without success does not hide what was published before it", () => {
  const bench = new Bench().begin();
  bench.isolate(EU);
  bench.pass(2600);
  // US reaches only its own witness; its term is newer there, its set is not.
  bench.cut = new Set([`${US}>${EU}`, `${US}>${CONTROL}`]);
  bench.tell(US, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.witnesses[US].record!.term, 2);
  bench.pass(700);
  bench.cut.clear();
  bench.pass(700);
  bench.tell(EU, { kind: "acquire", mode: "in-sync" });
  assert.ok(bench.view(EU).mine!.term > 2);
  bench.tell(EU, { kind: "publish", inSync: [EU] });
  bench.pass(1000);
  assert.deepEqual(bench.view(US).newest!.sync.inSync, [EU]);
});

Deno.test("a holder brings back a witness that went ahead, without a pause", () => {
  const bench = new Bench().begin();
  const state = bench.witnesses[CONTROL];
  const from = { site: US, instance: "us-east-1" };
  const { sync } = state.record!;
  bench.witnesses[CONTROL] = decideWitness(
    { ...state, liveUntil: 0 },
    "E39",
    { kind: "acquire", from, term: 9, ttlMs: 100, sync },
    bench.now,
  ).state;
  for (let i = 0; i < 40; i++) {
    bench.pass(50);
    assert.ok(bench.view(EU).mine, "held all along");
  }
  assert.ok(bench.view(EU).mine!.term > 9);
  assert.equal(bench.witnesses[CONTROL].record!.holder!.site, EU);
});

Deno.test("a released lease can be taken at once by whoever is told", () => {
  const bench = new Bench().begin();
  bench.tell(EU, { kind: "release", next: US });
  assert.equal(bench.view(EU).mine, null);
  assert.equal(bench.view(EU).releasing, false, "a majority has written it");
  bench.tell(US, { kind: "released", site: EU, term: 1 });
  bench.tell(US, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view(US).mine!.term, 2);
});

Deno.test("a second keeper of a name is told, and takes nothing", () => {
  const bench = new Bench().begin().keeper(EU, "second", "eu-central-2");
  bench.pass(300);
  assert.equal(bench.view("second").duplicate, true);
  bench.tell("second", { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view("second").acquiring, false);
  assert.equal(bench.view(EU).duplicate, false);
});

Deno.test("a keeper that starts anew takes its own lease with a new term", () => {
  const bench = new Bench().begin().keeper(EU);
  assert.equal(bench.view(EU).mine, null);
  bench.pass(50);
  bench.tell(EU, { kind: "acquire", mode: "in-sync" });
  assert.equal(bench.view(EU).mine!.term, 2, "nobody waits for the old grant");
});

const step = fc.record({
  ms: fc.integer({ min: 0, max: 800 }),
  cuts: fc.option(fc.subarray(SITES.flatMap((a) => SITES.map((b) => `${a}>${b}`)))),
  reboot: fc.option(fc.constantFrom(...SITES), { freq: 6 }),
  who: fc.constantFrom(EU, US),
  publish: fc.option(fc.constantFrom([EU], [US], [EU, US]), { freq: 4 }),
});

Deno.test("whatever is lost and whoever starts anew, never two hold it and no term comes twice", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bench = new Bench().begin();
      const terms = new Map<number, string>([[1, EU]]);
      for (const { ms, cuts, reboot, who, publish } of steps) {
        if (cuts) bench.cut = new Set(cuts);
        if (reboot) {
          bench.witnesses[reboot] = bootWitness(bench.witnesses[reboot].record, bench.now);
        }
        bench.tell(who, { kind: "acquire", mode: "accept-loss" });
        if (publish) bench.tell(who, { kind: "publish", inSync: publish });
        for (let i = 0; i < ms; i += 50) {
          bench.pass(50);
          const holders = [EU, US].filter((it) => bench.view(it).mine);
          assert.ok(holders.length <= 1, "two hold it");
          for (const it of holders) {
            const { term } = bench.view(it).mine!;
            assert.equal(terms.get(term) ?? it, it, "a term with two holders");
            terms.set(term, it);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});
