import assert from "node:assert/strict";
import type { WitnessRecord } from "../lease/witness_record.ts";
import { promisesMore } from "./promises_more.ts";

const record: WitnessRecord = {
  ...{ clusterId: "E39", term: 3, holder: { site: "eu-central", instance: "a" }, ttlMs: 1000 },
  sync: { term: 3, revision: 1, inSync: ["eu-central"] },
  ...{ position: null, next: null },
};

Deno.test("promisesMore() passes over a holder's position alone", () => {
  const position = { timeline: 1, lsn: "0/3000060", at: 5 };
  assert.equal(promisesMore(record, { ...record, position }), false);
  assert.equal(promisesMore(null, record), true);
  for (
    const more of [
      { term: 4 },
      { holder: null },
      { holder: { site: "eu-central", instance: "b" } },
      { ttlMs: 2000 },
      { sync: { ...record.sync, revision: 2 } },
      { sync: { ...record.sync, inSync: ["eu-central", "us-east"] } },
      { next: "us-east" },
    ]
  ) assert.equal(promisesMore(record, { ...record, ...more }), true, JSON.stringify(more));
});
