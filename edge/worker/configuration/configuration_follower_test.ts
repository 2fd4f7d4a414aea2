import assert from "node:assert/strict";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { memorySql } from "../testing/memory_sql.ts";
import { quietLog } from "../testing/quiet_log.ts";
import type { StoredConfiguration } from "./configuration_calls.ts";
import { ConfigurationFollower } from "./configuration_follower.ts";
import { ConfigurationStore } from "./configuration_store.ts";

type Answer = StoredConfiguration | null | Error;

function stage() {
  const sql = memorySql();
  const store = new ConfigurationStore(sql, new Set(["k1"]));
  const answers: Answer[] = [];
  const asked: [string | null, number][] = [];
  const clock = { at: 1_000, pollTakes: 0 };
  const follower = new ConfigurationFollower(store, {
    now: () => clock.at,
    pause: (ms) => Promise.resolve(void (clock.at += ms)),
    log: quietLog(),
    fetch: async (known, waitSeconds) => {
      asked.push([known, waitSeconds]);
      clock.at += clock.pollTakes;
      const answer = answers.shift() ?? null;
      await Promise.resolve();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { store, follower, answers, asked, clock, [Symbol.dispose]: () => sql[Symbol.dispose]() };
}

const v = (version: string, sequence = 1): StoredConfiguration => ({
  ...{ version, json: "{}", sequence, kid: "k1" },
});

Deno.test("ConfigurationFollower takes the first snapshot at once and then long polls", async () => {
  using s = stage();
  s.answers.push(v("v1"));
  assert.equal(await s.follower.follow(), 100);
  s.clock.pollTakes = 20_000;
  assert.equal(await s.follower.follow(), 0);
  assert.deepEqual(s.asked, [[null, 0], ["v1", 20]]);
});

Deno.test("ConfigurationFollower does not spin when the control plane does not wait", async () => {
  using s = stage();
  s.answers.push(v("v1"));
  await s.follower.follow();
  assert.equal(await s.follower.follow(), 1_500);
});

Deno.test("ConfigurationFollower keeps what it has and backs off while nobody answers", async () => {
  using s = stage();
  s.answers.push(v("v1"), ...Array.from({ length: 6 }, () => new Error("refused")), v("v2"));
  await s.follower.follow();
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) waits.push(await s.follower.follow());
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 5000, 5000]);
  assert.equal(s.store.held?.version, "v1");
  await s.follower.follow();
  assert.equal(s.store.held?.version, "v2");
});

Deno.test("ConfigurationFollower asks on demand, together and not too often", async () => {
  using s = stage();
  s.answers.push(v("v1"));
  await Promise.all([s.follower.demand(), s.follower.demand()]);
  assert.equal(s.asked.length, 1);
  assert.equal(s.store.held?.version, "v1");
  const before = s.clock.at;
  await Promise.all([s.follower.demand(), s.follower.demand()]);
  assert.equal(s.asked.length, 2);
  assert.equal(s.clock.at, before + 250);
});

Deno.test("ConfigurationFollower takes no snapshot that is older than what it has, nor a forged one", async () => {
  using s = stage();
  const forged = new AntiphonError("signature_mismatch", "no");
  s.answers.push(v("v1", 5), v("old", 4), forged, v("v2", 5));
  await s.follower.follow();
  assert.equal(await s.follower.follow(), 500);
  assert.equal(await s.follower.follow(), 1000);
  assert.equal(s.store.held?.version, "v1");
  // Another process finds what was held.
  assert.equal(new ConfigurationStore(s.store.sql, new Set(["k1"])).held?.sequence, 5);
  await s.follower.follow();
  assert.equal(s.store.held?.version, "v2");
});
