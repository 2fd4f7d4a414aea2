import assert from "node:assert/strict";
import { TenantHarness } from "../testing/tenant_harness.ts";

Deno.test("routing offers the oldest waiting caller to an agent who frees up", () => {
  const h = new TenantHarness();
  const first = h.queuedCaller();
  h.at += 1000;
  const second = h.queuedCaller("2");
  h.available("anna");
  assert.equal(h.state.agents.get("anna")!.offeredInteractionId, first);
  assert.equal(h.state.routing.positionOf(h.interaction(second)), 1);
});

Deno.test("routing reserves the longest available agent", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.at += 1000;
  h.available("ben");
  h.queuedCaller();
  assert.notEqual(h.state.agents.get("anna")!.offeredInteractionId, null);
  assert.equal(h.state.agents.get("ben")!.offeredInteractionId, null);
});

Deno.test("RONA gives the caller the place back and sets the agent to rona until they return", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  h.at += 5;
  h.queuedCaller();
  const { queuedAt, order } = h.interaction(id).place!;
  assert.deepEqual(h.pass(20_000), ["offer.ended", "agent.state-changed", "interaction.requeued"]);
  assert.equal(h.state.agents.get("anna")!.state, "rona");
  const { place } = h.interaction(id);
  assert.deepEqual([place!.queuedAt, place!.order], [queuedAt, order]);
  assert.equal(h.state.routing.positionOf(h.interaction(id)), 1);
  h.agent("anna", { type: "agent.set-state", state: "available" });
  assert.equal(h.state.agents.get("anna")!.offeredInteractionId, id);
});

Deno.test("a declined offer goes to another agent and not back to the one who declined", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  const { offerId } = h.interaction(id).offer!;
  h.agent("anna", { type: "offer.decline", offerId });
  assert.equal(h.interaction(id).phase, "queued");
  h.available("ben");
  assert.equal(h.interaction(id).offer?.agentId, "ben");
});

Deno.test("a team joins the search only after its wait", () => {
  const h = new TenantHarness();
  h.available("cleo");
  const id = h.queuedCaller();
  assert.equal(h.interaction(id).phase, "queued");
  assert.deepEqual(h.pass(29_999), []);
  assert.deepEqual(h.pass(1), ["interaction.widened", "offer.made"]);
  assert.equal(h.interaction(id).offer?.agentId, "cleo");
});

Deno.test("a call is not offered to an agent without a softphone at its PoP", () => {
  const h = new TenantHarness();
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: true });
  h.send({ type: "softphone", popId: "NYC", agentId: "anna", connected: true });
  h.agent("anna", { type: "agent.set-state", state: "available" });
  const id = h.queuedCaller();
  assert.equal(h.interaction(id).phase, "queued");
  h.send({ type: "softphone", popId: "FRA", agentId: "anna", connected: true });
  assert.equal(h.interaction(id).phase, "offered");
});

Deno.test("a caller who waits too long is released", () => {
  const h = new TenantHarness();
  h.queuedCaller();
  assert.ok(h.pass(3_600_000).includes("call.hang-up-requested"));
});

Deno.test("an offer that has ended can not be accepted any more", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  const { offerId } = h.interaction(id).offer!;
  h.pass(20_000);
  const before = h.state.seq;
  assert.throws(() => h.agent("anna", { type: "offer.accept", offerId }), { code: "offer_gone" });
  assert.equal(h.state.seq, before);
});

Deno.test("an agent who declines again is not offered the same again", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  const decline = () =>
    h.agent("anna", { type: "offer.decline", offerId: h.interaction(id).offer!.offerId });
  decline();
  h.at += 1000;
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  h.at += 1000;
  h.agent("anna", { type: "agent.set-state", state: "available" });
  h.at += 1000;
  decline();
  assert.equal(h.interaction(id).phase, "queued");
});

Deno.test("an agent whose softphone is gone still takes conversations that wait", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.queuedCaller();
  h.message("1000001", "Hi");
  h.send({ type: "softphone", popId: "FRA", agentId: "anna", connected: false });
  const offered = h.state.agents.get("anna")!.offeredInteractionId!;
  assert.equal(h.interaction(offered).channel, "whatsapp");
});

Deno.test("a contact who writes keeps the place for as long as the conversation lives", () => {
  const h = new TenantHarness();
  h.message("1000001", "Hi");
  h.pass(2 * 3_600_000);
  assert.equal(h.state.interactions.size, 1);
});

Deno.test("of several softphones that a PoP tells of at once, the longest available agent gets the call", () => {
  const h = new TenantHarness();
  for (const agentId of ["ben", "anna"]) {
    h.send({ type: "presence", agentId, edgeId: "local", connected: true });
    h.agent(agentId, { type: "agent.set-state", state: "available" });
    h.at += 1000;
  }
  const first = h.queuedCaller();
  const second = h.queuedCaller();
  h.send({ type: "pop-reported", popId: "FRA", lostCalls: [], softphones: ["anna", "ben"] });
  assert.equal(h.offeredTo(first), "ben");
  assert.equal(h.offeredTo(second), "anna");
});

Deno.test("a changed configuration serves who waits in order", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].distribution = draft.queues[1].distribution = [
      { afterSeconds: 0, teamIds: ["backup"] },
    ];
    draft.flows[0].activities.support.priority = 5;
  });
  h.available("anna");
  const low = h.queuedCaller("1");
  const high = h.queuedCaller("2");
  h.reconfigure((draft) => {
    draft.agents[0].teamIds = ["backup"];
  });
  assert.equal(h.offeredTo(high), "anna");
  assert.equal(h.interaction(low).phase, "queued");
});

Deno.test("agents who are freed at once are given the contacts that come first", () => {
  const h = new TenantHarness((draft) => {
    draft.flows[0].activities.support.priority = 5;
    draft.queues[1].distribution = [{ afterSeconds: 0, teamIds: ["backup"] }];
    draft.agents[2].teamIds = ["desk", "backup"];
  });
  for (const agentId of ["cleo", "ben"]) {
    h.send({ type: "presence", agentId, edgeId: "local", connected: true });
    h.agent(agentId, { type: "agent.set-state", state: "available" });
    h.at += 1000;
  }
  const [sales, support] = ["1", "2"].map((digit) => h.queuedCaller(digit));
  h.send({ type: "pop-reported", popId: "FRA", lostCalls: [], softphones: ["ben", "cleo"] });
  assert.deepEqual([h.offeredTo(sales), h.offeredTo(support)], ["ben", "cleo"]);
});
