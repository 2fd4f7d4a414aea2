import assert from "node:assert/strict";
import type { Effect } from "../effects/effect.ts";
import { interactionRecordOf } from "../interactions/interaction_record_of.ts";
import { NUMBER, TenantHarness } from "../testing/tenant_harness.ts";

const commands = (effects: Effect[]) =>
  effects.flatMap((effect) => effect.to === "pop" ? [effect.command.type] : []);

Deno.test("an inbound call is answered, treated by its flow and parked with music", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller("1");
  assert.deepEqual(commands(h.takeEffects("pop")), ["answer", "collect", "play"]);
  const it = h.interaction(id);
  assert.equal(it.phase, "queued");
  assert.equal(it.place!.queueId, "sales");
  assert.equal(it.flow.variables.choice, "1");
});

Deno.test("an inbound call without digits goes where the flow's timeout leads", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller("");
  assert.equal(h.interaction(id).place!.queueId, "support");
});

Deno.test("an inbound call to a number without entry point is refused with 404", () => {
  const h = new TenantHarness();
  const events = h.call(h.newId(), {
    type: "call.offered",
    legId: h.newId(),
    trunkId: h.newId(),
    from: "+49301",
    to: "+4969900999",
    transport: "sip-udp",
  });
  assert.deepEqual(events, ["call.refused"]);
  const [effect] = h.takeEffects("pop");
  assert.ok(effect.to === "pop" && effect.command.type === "hang-up");
  assert.equal(effect.command.sipStatus, 404);
});

Deno.test("an inbound call told twice starts once", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller();
  const repeat = h.call(id, {
    type: "call.offered",
    legId: h.newId(),
    trunkId: h.newId(),
    from: "+49301",
    to: NUMBER,
    transport: "sip-udp",
  });
  assert.deepEqual(repeat, []);
});

Deno.test("an inbound call told again after its end does not start anew", () => {
  const h = new TenantHarness();
  const callId = h.newId();
  const offered = {
    type: "call.offered" as const,
    legId: h.newId(),
    trunkId: h.newId(),
    from: "+49301",
    to: NUMBER,
    transport: "sip-udp" as const,
  };
  h.call(callId, offered);
  h.call(callId, { type: "call.ended", cause: "caller-cancelled", sipStatus: null, media: null });
  assert.deepEqual(h.call(callId, offered), []);
  assert.equal(h.state.interactions.size, 0);
});

Deno.test("an accepted call joins the agent, and the hang-up of the agent starts wrap-up", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.connectedCaller("anna");
  assert.equal(h.interaction(id).phase, "connected");
  h.takeEffects("pop");
  assert.deepEqual(h.agent("anna", { type: "interaction.end", interactionId: id }), [
    "wrap-up.started",
    "call.hang-up-requested",
  ]);
  assert.deepEqual(commands(h.takeEffects("pop")), ["hang-up"]);
  const media = { packetsReceived: 10, packetsSent: 10, packetsLost: 0, jitterMs: 1 };
  h.call(id, { type: "call.ended", cause: "agent-hung-up", sipStatus: null, media });
  const it = h.interaction(id);
  assert.deepEqual(
    h.agent("anna", { type: "interaction.wrap-up", interactionId: id, code: "resolved" }),
    ["wrap-up.ended", "interaction.ended"],
  );
  const record = interactionRecordOf(h.state, it, { tenantId: id, clusterId: "E39", epoch: 1 });
  assert.equal(record.state, "ended");
  assert.equal(record.wrapUpCode, "resolved");
  assert.deepEqual(record.legs.map((leg) => [leg.kind, leg.direction, leg.popId, leg.transport]), [
    ["carrier", "ingress", "FRA", "sip-udp"],
    ["agent", "egress", "FRA", "webrtc"],
  ]);
  assert.deepEqual(record.legs[0].media, media);
  assert.deepEqual(h.state.agents.get("anna")!.assigned, []);
});

Deno.test("a caller who hangs up while talking leaves the agent in wrap-up", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.connectedCaller("anna");
  assert.deepEqual(
    h.call(id, { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null }),
    [
      "leg.ended",
      "wrap-up.started",
    ],
  );
  assert.deepEqual(h.pass(120_000), ["wrap-up.ended", "interaction.ended"]);
  assert.equal(h.state.interactions.size, 0);
});

Deno.test("a B leg that ends with its call does not send the caller back to the queue", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.connectedCaller("anna");
  const legId = h.interaction(id).agentLegId!;
  const cause = "caller-hung-up";
  const told = {
    type: "leg.ended" as const,
    legId,
    cause: "caller-hung-up" as const,
    sipStatus: null,
    media: null,
  };
  assert.deepEqual(h.call(id, told), ["leg.ended"]);
  assert.deepEqual(h.call(id, told), [], "told again, it is nothing new");
  h.call(id, { type: "call.ended", cause, sipStatus: null, media: null });
  assert.equal(h.interaction(id).phase, "wrap-up");
});

Deno.test("a caller who hangs up while an offer stands withdraws it at once", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  h.takeEffects("desktop");
  assert.deepEqual(
    h.call(id, { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null }),
    [
      "leg.ended",
      "offer.ended",
      "interaction.ended",
    ],
  );
  const [told] = h.takeEffects("desktop");
  assert.ok(told.to === "desktop" && told.event.type === "offer.ended");
  assert.equal(told.event.reason, "withdrawn");
  assert.equal(h.state.agents.get("anna")!.offeredInteractionId, null);
});

/** A caller who talked with anna when her softphone was lost, a minute after another one queued. */
function interrupted() {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.connectedCaller("anna");
  const { queuedAt } = h.interaction(id).place!;
  h.at += 60_000;
  h.queuedCaller();
  h.takeEffects("pop");
  const legId = h.interaction(id).agentLegId!;
  h.send({ type: "softphone", popId: "FRA", agentId: "anna", connected: false });
  h.call(id, { type: "leg.ended", legId, cause: "agent-lost", media: null });
  return { h, id, queuedAt };
}

Deno.test("a call whose agent's softphone is lost waits with music and is joined on its return", () => {
  const { h, id } = interrupted();
  assert.deepEqual(commands(h.takeEffects("pop")), ["play"]);
  const { connectedAt } = h.interaction(id);
  h.at += 5_000;
  h.send({ type: "softphone", popId: "FRA", agentId: "anna", connected: true });
  assert.deepEqual(commands(h.takeEffects("pop")), ["join"]);
  const legId = h.interaction(id).agentLegId!;
  h.call(id, { type: "leg.joined", legId, agentId: "anna", codec: "PCMU" });
  assert.equal(h.interaction(id).phase, "connected");
  assert.equal(h.interaction(id).connectedAt, connectedAt);
  assert.equal(h.interaction(id).legs.length, 3);
});

Deno.test("an agent whose softphone does not return in time costs the caller no place", () => {
  const { h, id, queuedAt } = interrupted();
  h.available("ben");
  h.pass(12_000);
  assert.equal(h.state.agents.get("anna")!.state, "rona");
  assert.equal(h.interaction(id).place!.queuedAt, queuedAt);
  h.send({ type: "presence", agentId: "cleo", edgeId: "local", connected: true });
  const offered = h.state.agents.get("ben")!.offeredInteractionId;
  assert.notEqual(offered, null);
});

Deno.test("a caller who hangs up while the agent's softphone is away leaves them to wrap up", () => {
  const { h, id } = interrupted();
  h.call(id, { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null });
  assert.equal(h.interaction(id).phase, "wrap-up");
});

Deno.test("a PoP that never reports the end it was asked for does not keep the call for ever", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.connectedCaller("anna");
  h.agent("anna", { type: "interaction.end", interactionId: id });
  h.agent("anna", { type: "interaction.wrap-up", interactionId: id, code: "resolved" });
  assert.equal(h.state.interactions.size, 1);
  h.pass(30_000);
  assert.equal(h.state.interactions.size, 0);
});
