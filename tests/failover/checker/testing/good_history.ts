import * as fc from "fast-check";
import type { Entry } from "../../history/entry.ts";

/** What a run without any fault of the platform looked like. */
export interface GoodRun {
  faultAt: number;
  failoverMs: number;
  messages: number;
  replies: number;
  ticks: number;
  waiting: number;
  newCalls: number;
}

/** Runs of many sizes. */
export const goodRuns: fc.Arbitrary<GoodRun> = fc.record({
  faultAt: fc.integer({ min: 5_000, max: 9_000 }),
  failoverMs: fc.integer({ min: 500, max: 4_500 }),
  messages: fc.integer({ min: 3, max: 30 }),
  replies: fc.integer({ min: 3, max: 20 }),
  ticks: fc.integer({ min: 3, max: 20 }),
  waiting: fc.integer({ min: 1, max: 5 }),
  newCalls: fc.integer({ min: 1, max: 20 }),
});

/** The history that a platform without faults gives: the region is lost, its standby takes over. */
export function goodHistory(run: GoodRun): Entry[] {
  const { faultAt, failoverMs } = run;
  const backAt = faultAt + failoverMs;
  const entries: Entry[] = [{ at: faultAt, kind: "mark", mark: "fault" }];
  const done = (at: number) => at < faultAt ? at + 90 : Math.max(at, backAt) + 90;
  for (const call of ["t1", "t2"]) {
    entries.push({ at: 1_000, kind: "call", call, role: "talking", phase: "dialled" });
    entries.push({ at: 1_200, kind: "call", call, role: "talking", phase: "answered" });
    entries.push({ at: 30_000, kind: "call", call, role: "talking", phase: "closed", by: "load" });
    for (const end of ["caller", "agent"] as const) {
      const heard = { longestMs: 41, beforeMs: 38, lost: 0, packets: 500 };
      entries.push({ at: 31_000, kind: "audio", stream: call, role: "talking", end, ...heard });
    }
  }
  for (let i = 0; i < run.newCalls; i++) {
    const at = faultAt + i * 200;
    const call = { kind: "call", call: `n${i}`, role: "new" } as const;
    entries.push({ at, ...call, phase: "dialled" }, { at: done(at), ...call, phase: "answered" });
  }
  sayAll(entries, run, done);
  for (let at = 0; at < faultAt; at += 50) health(entries, at, "eu-central", true, 1);
  for (let at = 0; at < 20_000; at += 50) {
    health(entries, at, "us-east", at >= backAt, at >= backAt ? 2 : 1);
  }
  for (let i = 0; i < run.waiting; i++) {
    const place = { interactionId: `w${i}`, state: "queued", queueId: "support" };
    const kept = { ...place, queuedAt: 1_000 + i, position: i + 1, kind: "place" } as const;
    entries.push({ at: faultAt - 10, when: "before", ...kept });
    entries.push({ at: backAt + 5_000, when: "after", ...kept });
  }
  for (let n = 1; n <= run.ticks; n++) {
    const key = `call-1:${n * 3}`;
    const epoch = n * 1_000 < faultAt ? 1 : 2;
    const at = n * 1_000 < faultAt ? n * 1_000 : Math.max(n * 1_000, backAt);
    entries.push({ at, kind: "outside", service: "ticks", epoch, to: "call-1", key, number: n });
  }
  return entries;
}

function sayAll(entries: Entry[], run: GoodRun, done: (at: number) => number): void {
  for (let n = 0; n < run.messages; n++) {
    const at = 2_000 + n * 400;
    const said = { conversation: "c1", text: `m${n}`, number: n };
    const op = { kind: "op", client: "writer", op: "webhook", id: `m${n}`, ...said } as const;
    entries.push({ at, ...op, phase: "invoke" }, { at: at + 10, ...op, phase: "ok" });
    entries.push({ at: 40_000, kind: "message", direction: "inbound", order: n, ...said });
  }
  const { faultAt } = run;
  let free = 2_000;
  const client = "agent-1";
  entries.push(
    { at: 1_500, kind: "agent", client, what: "connected" },
    { at: 1_600, kind: "agent", client, what: "offer-made", offerId: "o1", interactionId: "i1" },
    { at: 1_700, kind: "agent", client, what: "assigned", interactionId: "i1" },
  );
  for (let n = 0; n < run.replies; n++) {
    const at = n === run.replies - 1 ? Math.max(free, faultAt + 5) : free;
    const end = done(at);
    const said = { conversation: "c1", text: `r${n}` };
    const op = { kind: "op", client, op: "command", id: `r${n}`, ...said } as const;
    entries.push({ at, ...op, phase: "invoke" }, { at: end, ...op, phase: "ok" });
    const message = { kind: "message", direction: "outbound", number: null, order: n } as const;
    entries.push({ at: 40_000, ...message, ...said });
    const epoch = end < faultAt ? 1 : 2;
    const sent = { service: "provider", to: "c1", text: `r${n}`, epoch } as const;
    entries.push({ at: end + 50, kind: "outside", ...sent });
    free = end + 100;
  }
}

function health(
  entries: Entry[],
  askedAt: number,
  cell: "eu-central" | "us-east",
  active: boolean,
  epoch: number,
): void {
  entries.push({ at: askedAt + 5, kind: "health", from: "control", cell, askedAt, active, epoch });
}
