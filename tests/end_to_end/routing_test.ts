import assert from "node:assert/strict";
import { Baresip } from "../peers/baresip.ts";
import { type OpenStage, openStage } from "../story/open_stage.ts";
import { overflowedCall } from "../story/overflowed_call.ts";
import { skilledCall } from "../story/skilled_call.ts";
import { accessToken, agent, caller } from "../story/stage.ts";
import { TenantApi } from "../story/tenant_api.ts";

const SERVICE = "+4930999100";
let stage: OpenStage;
Deno.test.beforeAll(async () => {
  stage = await openStage({});
});
Deno.test.afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
});

Deno.test("a call waits for a skill, and reaches the agent who is given it", async () => {
  const api = await TenantApi.signOn(stage);
  await using phone = await caller(stage);
  await using desktop = await agent(stage);
  const report = await skilledCall(stage, api, phone, desktop);
  assert.deepEqual(report.waiting, {
    position: 1,
    requirements: [{ skillId: "dutch", atLeast: 5 }],
    agentsAvailable: 1,
  });
  assert.deepEqual(report.refusal, { status: 409, code: "would_strand" });
  assert.ok(report.heard.atAgent.snrDb > 15, `${report.heard.atAgent.snrDb} dB`);
  assert.ok(report.heard.atCaller.snrDb > 15, `${report.heard.atCaller.snrDb} dB`);
  assert.equal(report.queueId, "sales");
});

Deno.test("a call that no agent can take overflows to a team's number, and both hear each other", async () => {
  const api = await TenantApi.signOn(stage);
  await using phone = await caller(stage);
  await using service = await Baresip.start(stage.network, { user: SERVICE, answers: true });
  const report = await overflowedCall(stage, api, phone, service, SERVICE);
  assert.deepEqual(report.leg, { kind: "outside", direction: "egress", transport: "sip-udp" });
  assert.equal(report.teamId, "answering-service");
  assert.ok(Math.abs(report.atCaller.hz - 700) <= 10, `${report.atCaller.hz} Hz`);
  assert.ok(Math.abs(report.atService.hz - 440) <= 10, `${report.atService.hz} Hz`);
});

Deno.test("an administrator exports the configuration, plans a change and applies it once", async () => {
  const api = await TenantApi.signOn(stage);
  const { body: document, etag } = await api.ask("GET", "/configuration");
  const unchanged = await api.ask("POST", "/configuration/plan", document);
  assert.deepEqual(unchanged.body.changes, []);
  document.queues[0].name = "Bookings";
  const planned = await api.ask("POST", "/configuration/plan", document);
  assert.equal(planned.body.changes.length, 1);
  const apply = () => api.ask("POST", "/configuration/apply", document, { "if-match": etag! });
  assert.equal((await apply()).status, 200);
  const again = await api.ask("POST", "/configuration/plan", document);
  assert.deepEqual(again.body.changes, []);
});

Deno.test("the tenant's API describes itself at the edge", async () => {
  const api = await TenantApi.signOn(stage);
  const { status, body } = await api.ask("GET", "/openapi.json");
  assert.equal(status, 200);
  for (const path of ["/v1/configuration/queues/{id}", "/v1/queues/{id}/contacts"]) {
    assert.ok(path in body.paths, path);
  }
});

Deno.test("an agent may not change the configuration, nor list who waits", async () => {
  const authorization = `Bearer ${await accessToken(stage)}`;
  for (const path of ["configuration/queues", "queues/sales/contacts"]) {
    const response = await fetch(`${stage.edgeUrl}/v1/${path}`, { headers: { authorization } });
    assert.equal(response.status, 403, path);
    assert.equal((await response.json()).code, "forbidden");
  }
});
