import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";

const callback = (h: TenantHarness, interactionId: string) =>
  h.send({ type: "callback-requested", interactionId, number: "+4930123456", withinSeconds: 7200 });

function listed(h: TenantHarness, queueId = "campaign"): string {
  const interactionId = h.newId();
  h.send({
    type: "contact-listed",
    interactionId,
    queueId,
    number: "+4930555",
    contactName: "Rosa",
    priority: 0,
    requirements: [],
    withinSeconds: 3600,
  });
  return interactionId;
}

function campaign(relativePriority: number): TenantHarness {
  return new TenantHarness((draft) => {
    draft.queues.push({
      id: "campaign",
      name: "Campaign",
      kind: "voice",
      direction: "outbound",
      relativePriority,
      distribution: [{ afterSeconds: 0, teamIds: ["desk"] }],
    });
  });
}

Deno.test("a caller who asks to be called back hangs up and keeps the place", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller();
  h.at += 1000;
  const behind = h.queuedCaller();
  const { queuedAt, order } = h.interaction(id).place!;
  assert.deepEqual(callback(h, id), ["interaction.made-virtual", "interaction.postponed"]);
  assert.deepEqual(h.hangUp(id), ["leg.ended", "interaction.resumed"]);
  const { phase, place, virtual } = h.interaction(id);
  assert.deepEqual([phase, place!.queuedAt, place!.order], ["queued", queuedAt, order]);
  assert.deepEqual(virtual, { kind: "callback", number: "+4930123456" });
  h.available("anna");
  assert.equal(h.offeredTo(id), "anna");
  assert.equal(h.interaction(behind).phase, "queued");
});

Deno.test("a virtual contact needs a softphone, at whichever PoP", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller();
  callback(h, id);
  h.hangUp(id);
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: true });
  h.agent("anna", { type: "agent.set-state", state: "available" });
  assert.equal(h.interaction(id).phase, "queued");
  h.send({ type: "softphone", popId: "MUC", agentId: "anna", connected: true });
  assert.equal(h.offeredTo(id), "anna");
  h.send({ type: "softphone", popId: "FRA", agentId: "anna", connected: true });
  assert.equal(h.offeredTo(id), "anna");
  h.send({ type: "softphone", popId: "FRA", agentId: "anna", connected: false });
  assert.equal(h.interaction(id).phase, "queued");
});

Deno.test("a virtual contact whose call's end the PoP never reports is not called, and ends all the same", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller();
  callback(h, id);
  h.available("anna");
  h.pass(60_000);
  assert.equal(h.interaction(id).phase, "postponed");
  h.pass(7200_000);
  assert.equal(h.state.interactions.size, 0);
});

Deno.test("a virtual contact's place is kept for as long as was said", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller();
  callback(h, id);
  h.hangUp(id);
  h.pass(7199_000);
  assert.equal(h.interaction(id).phase, "queued");
  h.pass(1000);
  assert.equal(h.state.interactions.has(id), false);
});

Deno.test("only a caller who waits can be called back", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.connectedCaller();
  const refused = (code: string) => (error: unknown) =>
    error instanceof AntiphonError && error.code === code;
  assert.throws(() => callback(h, id), refused("state_not_allowed"));
  assert.throws(() => callback(h, h.newId()), refused("unknown_entity"));
});

Deno.test("inbound and outbound are blended by the relative priority of their queues", () => {
  const inboundFirst = campaign(3);
  const outbound = listed(inboundFirst);
  inboundFirst.at += 1000;
  const inbound = inboundFirst.queuedCaller();
  inboundFirst.available("anna");
  assert.equal(inboundFirst.offeredTo(inbound), "anna");
  inboundFirst.available("ben");
  assert.equal(inboundFirst.offeredTo(outbound), "ben");

  const outboundFirst = campaign(7);
  const caller = outboundFirst.queuedCaller();
  outboundFirst.at += 1000;
  const number = listed(outboundFirst);
  outboundFirst.available("anna");
  assert.equal(outboundFirst.offeredTo(number), "anna");
  assert.equal(outboundFirst.interaction(caller).phase, "queued");
});

Deno.test("a contact is listed in outbound queues only, and once", () => {
  const h = campaign(5);
  assert.throws(
    () => listed(h, "sales"),
    (error) => error instanceof AntiphonError && error.code === "unknown_entity",
  );
  assert.equal(h.log.length, 0);
  const id = listed(h);
  const length = h.log.length;
  h.send({
    type: "contact-listed",
    interactionId: id,
    queueId: "campaign",
    number: "+4930555",
    contactName: null,
    priority: 0,
    requirements: [],
    withinSeconds: 60,
  });
  assert.equal(h.log.length, length);
});
