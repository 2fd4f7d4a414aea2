import assert from "node:assert/strict";
import { Baresip } from "../peers/baresip.ts";
import { calledBack } from "../story/called_back.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { agent, caller } from "../story/stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

const CUSTOMER = "+4930123456";
let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({});
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

Deno.test("who asked to be called back is called when an agent is there, and both hear each other", async () => {
  const api = await TenantApi.signOn(stage);
  await using phone = await caller(stage, CUSTOMER);
  await using desktop = await agent(stage);
  const report = await calledBack(
    stage,
    api,
    phone,
    () => Baresip.start(stage.network, { user: CUSTOMER, answers: true }),
    desktop,
  );
  assert.deepEqual(report.waiting, { state: "queued", virtual: "callback" });
  assert.match(report.why, /To be called since/);
  assert.ok(report.heard.atAgent.snrDb > 15, `${report.heard.atAgent.snrDb} dB at the agent`);
  assert.ok(report.heard.atCaller.snrDb > 15, `${report.heard.atCaller.snrDb} dB at the customer`);
  const { legs, endCause } = report.record;
  assert.equal(endCause, "agent-hung-up");
  assert.deepEqual(legs.map(({ kind, direction }) => `${kind} ${direction}`), [
    ...["carrier ingress", "carrier egress", "agent egress"],
  ]);
});
