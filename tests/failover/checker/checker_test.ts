import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Entry, EntryOf } from "../history/entry.ts";
import { judge } from "./judge.ts";
import { ofKind } from "./of_kind.ts";
import { goodHistory, type GoodRun, goodRuns } from "./testing/good_history.ts";
import type { Verdict } from "./verdict.ts";

const ZEROS = [
  ...["callsCut", "audioGapMs", "lost", "doubled", "reordered", "ownedTwice", "staleRequests"],
  ...["placesLost", "offersLost", "offersDoubled", "timersDoubled", "timersLost", "refused"],
  ...["repliesDoubled", "repliesLost", "newCallsUnanswered", "socketsLost"],
] as (keyof Verdict)[];

Deno.test("judge() finds nothing wrong in histories in which nothing is", () => {
  fc.assert(fc.property(goodRuns, (run) => {
    const verdict = judge(goodHistory(run));
    for (const name of ZEROS) assert.equal(verdict[name], 0, name);
    assert.equal(verdict.callsEstablished, 2);
    assert.equal(verdict.acknowledged, run.messages + run.replies);
    assert.ok(verdict.newCallAnsweredMs! >= run.failoverMs);
    assert.ok(verdict.newCallAnsweredMs! <= run.failoverMs + 100);
    assert.ok(verdict.agentWorkingMs! >= run.failoverMs);
    assert.deepEqual(verdict.epochs, [1, 2]);
  }));
});

Deno.test("judge() does not mind in which order entries were noted", () => {
  fc.assert(
    fc.property(
      goodRuns,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (run, chance) => {
        const history = goodHistory(run);
        const shuffled = history.map((entry) => ({ entry, by: chance.next().value }))
          .sort((a, b) => a.by - b.by).map(({ entry }) => entry);
        assert.deepEqual(judge(shuffled), judge(history));
      },
    ),
    { numRuns: 30 },
  );
});

/** Bugs that a platform may have, as they would show in its history. */
const PLANTED: Record<
  string,
  { shows: keyof Verdict; plant: (all: Entry[], run: GoodRun) => Entry[] }
> = {
  "an established call is cut": {
    shows: "callsCut",
    plant: (all) => change(all, "call", (it) => it.phase === "closed", { by: "platform" }),
  },
  "a caller hears nothing for a quarter of a second": {
    shows: "audioGapMs",
    plant: (all) => change(all, "audio", () => true, { longestMs: 250 }),
  },
  "an acknowledged message is lost": {
    shows: "lost",
    plant: (all) => without(all, "message", (it) => it.direction === "inbound"),
  },
  "a message is there twice": {
    shows: "doubled",
    plant: (all) => twice(all, "message", () => true, { order: 99 }),
  },
  "the first message stands last": {
    shows: "reordered",
    plant: (all) => change(all, "message", (it) => it.direction === "inbound", { order: 99 }),
  },
  "the old cell goes on beside the new one": {
    shows: "ownedTwice",
    plant: (all, { faultAt, failoverMs }) => [
      ...all,
      ...ofKind(all, "health").filter((it) => it.cell === "us-east" && it.active).slice(0, 2)
        .map((it) => ({ ...it, cell: "eu-central" as const, epoch: 1 }))
        .map((it) => ({
          ...it,
          askedAt: faultAt + failoverMs + 100,
          at: faultAt + failoverMs + 101,
        })),
    ],
  },
  "both cells are active in one epoch": {
    shows: "ownedTwice",
    plant: (all) => change(all, "health", (it) => it.cell === "us-east" && it.active, { epoch: 1 }),
  },
  "the old cell's request comes long after the new one's": {
    shows: "staleRequests",
    plant: (all) => twice(all, "outside", (it) => it.epoch === 1, { at: 39_000, key: "late" }),
  },
  "a waiting caller goes to the end": {
    shows: "placesLost",
    plant: (all) => change(all, "place", (it) => it.when === "after", { position: 7 }),
  },
  "a waiting caller is forgotten": {
    shows: "placesLost",
    plant: (all) => without(all, "place", (it) => it.when === "after"),
  },
  "an offer vanishes": {
    shows: "offersLost",
    plant: (all) => without(all, "agent", (it) => it.what === "assigned"),
  },
  "an interaction is offered to two agents": {
    shows: "offersDoubled",
    plant: (all) => twice(all, "agent", (it) => it.what === "offer-made", { client: "agent-2" }),
  },
  "a timer fires twice": {
    shows: "timersDoubled",
    plant: (all) => twice(all, "outside", (it) => it.service === "ticks", { key: "call-1:again" }),
  },
  "a flow leaves a round out": {
    shows: "timersLost",
    plant: (all) => without(all, "outside", (it) => it.service === "ticks" && it.number === 2),
  },
  "a reply is sent twice": {
    shows: "repliesDoubled",
    plant: (all) => twice(all, "outside", (it) => it.service === "provider", {}),
  },
  "an acknowledged reply is never sent": {
    shows: "repliesLost",
    plant: (all) => without(all, "outside", (it) => it.service === "provider"),
  },
  "a request is refused": {
    shows: "refused",
    plant: (all, { faultAt }) => [
      ...all,
      {
        at: faultAt + 9,
        kind: "op",
        client: "x",
        op: "read",
        id: "x",
        phase: "fail",
        reason: "503",
      },
    ],
  },
  "a new caller is never answered": {
    shows: "newCallsUnanswered",
    plant: (all) => without(all, "call", (it) => it.role === "new" && it.phase === "answered"),
  },
  "an agent's socket is closed": {
    shows: "socketsLost",
    plant: (all, { faultAt }) => [
      ...all,
      { at: faultAt + 9, kind: "agent", client: "agent-1", what: "closed" },
    ],
  },
};

for (const [name, { shows, plant }] of Object.entries(PLANTED)) {
  Deno.test(`judge() sees it when ${name}`, () => {
    fc.assert(
      fc.property(goodRuns, (run) => {
        const verdict = judge(plant(goodHistory(run), run));
        assert.ok(Number(verdict[shows]) > 0, JSON.stringify(verdict));
      }),
      { numRuns: 50 },
    );
  });
}

Deno.test("judge() gives no time where nobody was answered", () => {
  const run = {
    faultAt: 5000,
    failoverMs: 900,
    messages: 3,
    replies: 3,
    ticks: 3,
    waiting: 1,
    newCalls: 2,
  };
  const all = goodHistory(run).filter((it) => it.kind !== "op" || it.phase === "invoke");
  assert.equal(judge(all).agentWorkingMs, null);
  assert.equal(judge([]).newCallAnsweredMs, null);
});

Deno.test("judge() takes no message as lost whose webhook was not acknowledged", () => {
  const run = {
    faultAt: 5000,
    failoverMs: 900,
    messages: 3,
    replies: 3,
    ticks: 3,
    waiting: 1,
    newCalls: 2,
  };
  const all = change(goodHistory(run), "op", (it) => it.phase === "ok" && it.id === "m1", {
    phase: "unknown",
  });
  const without1 = without(all, "message", (it) => it.text === "m1");
  assert.equal(judge(without1).lost, 0);
  assert.equal(judge(all).lost, 0);
});

type Fits<K extends Entry["kind"]> = (entry: EntryOf<K>) => boolean;

function find<K extends Entry["kind"]>(all: Entry[], kind: K, fits: Fits<K>): EntryOf<K> {
  const found = ofKind(all, kind).find(fits);
  assert.ok(found, `no ${kind} to change`);
  return found;
}

function change<K extends Entry["kind"]>(
  all: Entry[],
  kind: K,
  fits: Fits<K>,
  to: object,
): Entry[] {
  const found = find(all, kind, fits);
  return all.map((entry) => entry === found ? { ...found, ...to } as Entry : entry);
}

function without<K extends Entry["kind"]>(all: Entry[], kind: K, fits: Fits<K>): Entry[] {
  const found = find(all, kind, fits);
  return all.filter((entry) => entry !== found);
}

function twice<K extends Entry["kind"]>(all: Entry[], kind: K, fits: Fits<K>, to: object): Entry[] {
  const found = find(all, kind, fits);
  return [...all, { ...found, at: found.at + 1, ...to } as Entry];
}
