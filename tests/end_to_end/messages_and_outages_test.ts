import assert from "node:assert/strict";
import { inboundMessage } from "../story/inbound_message.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import {
  callSurvives,
  callWhileControlPlaneDown,
  queuedCallerSurvives,
  webhookWhileCellDown,
} from "../story/outages.ts";
import { agent, caller } from "../story/stage.ts";

let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({});
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

Deno.test("a message is stored, shown once and answered in order", async () => {
  await using desktop = await agent(stage);
  const report = await inboundMessage(stage, desktop);
  assert.equal(report.duplicatesShown, 0);
  assert.match(report.replies[0], /Rosa/);
  assert.deepEqual(report.replies.slice(1), ["It is on the next flight", "It arrives at ten"]);
});

Deno.test("a webhook is acknowledged while the cell is dead, and delivered after", async () => {
  await using desktop = await agent(stage);
  const report = await webhookWhileCellDown(stage, desktop);
  assert.deepEqual(report, { status: 200, deliveredAfterRestart: true });
});

Deno.test("a caller keeps the place when the cell is killed, and reaches the agent", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  const report = await queuedCallerSurvives(stage, phone, desktop);
  assert.deepEqual(report, { samePlace: true, reachedAgent: true });
});

Deno.test("a call goes on while edge and cell are killed in the middle of it", async () => {
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  assert.deepEqual(await callSurvives(stage, phone, desktop), {
    heardWithoutEdge: true,
    heardWithoutCell: true,
    endCause: "agent-hung-up",
  });
});

Deno.test("a call is answered and queued while the control plane is dead", async () => {
  await using phone = await caller(stage);
  const report = await callWhileControlPlaneDown(stage, phone);
  assert.deepEqual(report, { answered: true, queued: true });
});
