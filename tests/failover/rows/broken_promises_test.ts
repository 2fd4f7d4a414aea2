import assert from "node:assert/strict";
import { judge } from "../checker/judge.ts";
import { goodHistory } from "../checker/testing/good_history.ts";
import { AIMS, PLANNED } from "../scenarios/scenario.ts";
import { brokenPromises } from "./broken_promises.ts";
import type { Row } from "./row.ts";

const RUN = {
  ...{ faultAt: 5_000, failoverMs: 3_000, messages: 10, replies: 10 },
  ...{ ticks: 10, waiting: 2, newCalls: 10 },
};
const ROW: Omit<Row, "broken"> = {
  ...judge(goodHistory(RUN)),
  ...{ scenario: "region-lost", run: 1, from: "eu-central", to: "us-east", stepsLost: 0 },
  ...{ inSyncMs: 9_000, caughtUpMs: 200, rtpBetweenRegions: 0, notes: [] },
};

Deno.test("brokenPromises() names what is not as promised, with the figure", () => {
  assert.deepEqual(brokenPromises(ROW, AIMS, { moves: true }), []);
  assert.deepEqual(brokenPromises({ ...ROW, callsCut: 2 }, AIMS, {}), ["callsCut 2"]);
  const planned = brokenPromises(ROW, PLANNED, {});
  assert.ok(planned.includes(`pauseMs ${ROW.pauseMs} > 1000`), JSON.stringify(planned));
  assert.deepEqual(brokenPromises(ROW, AIMS, { moves: false }), ["the cluster moved"]);
  assert.deepEqual(brokenPromises({ ...ROW, agentWorkingMs: null }, AIMS, {}), [
    "agentWorkingMs null > 5000",
  ]);
});

Deno.test("brokenPromises() minds no unanswered callers where nobody can answer", () => {
  const limits = { newCallAnsweredMs: null, agentWorkingMs: null, refused: null, pauseMs: null };
  assert.deepEqual(brokenPromises({ ...ROW, newCallsUnanswered: 4 }, limits, {}), []);
  const notes = ["WRONG: it took over"];
  assert.deepEqual(brokenPromises({ ...ROW, notes }, limits, {}), notes);
});
