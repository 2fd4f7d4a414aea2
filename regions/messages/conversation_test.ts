import assert from "node:assert/strict";
import { TenantHarness } from "../testing/tenant_harness.ts";

Deno.test("a first message opens a conversation, is greeted and offered", () => {
  const h = new TenantHarness();
  h.available("anna");
  assert.deepEqual(h.message("4915100001", "Hi"), [
    "interaction.started",
    "message.received",
    "flow.entered",
    "message.queued",
    "flow.entered",
    "interaction.queued",
    "offer.made",
  ]);
  assert.equal(h.takeEffects("provider").length, 1);
});

Deno.test("further messages join the open conversation and reach the agent who has it", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.message("4915100001", "Hi");
  h.accept("anna");
  h.takeEffects("desktop");
  assert.deepEqual(h.message("4915100001", "Are you there?"), ["message.received"]);
  const [told] = h.takeEffects("desktop");
  assert.ok(told.to === "desktop" && told.event.type === "message");
});

Deno.test("an agent takes several conversations at once, but none beside a call", () => {
  const h = new TenantHarness();
  h.available("anna");
  for (const contact of ["1000001", "1000002", "1000003", "1000004"]) h.message(contact, "Hi");
  for (let i = 0; i < 3; i++) h.accept("anna");
  assert.equal(h.state.agents.get("anna")!.offeredInteractionId, null);
  assert.equal(h.state.routing.waitingIn("messages").size, 1);

  const other = new TenantHarness();
  other.available("anna");
  other.connectedCaller("anna");
  other.message("1000001", "Hi");
  assert.equal(other.state.agents.get("anna")!.offeredInteractionId, null);
});

Deno.test("a message during wrap-up opens the next conversation", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.message("1000001", "Hi");
  h.accept("anna");
  const [first] = h.state.interactions.keys();
  h.agent("anna", { type: "interaction.end", interactionId: first });
  assert.ok(h.message("1000001", "One more thing").includes("interaction.started"));
  h.agent("anna", { type: "interaction.wrap-up", interactionId: first, code: "resolved" });
  assert.equal(h.state.interactions.size, 1);
  assert.deepEqual(h.message("1000001", "Still me"), ["message.received"]);
});

Deno.test("an agent replies, and the agent's going gives the conversation back to the queue", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.message("1000001", "Hi");
  h.accept("anna");
  const [id] = h.state.interactions.keys();
  h.takeEffects("provider");
  h.agent("anna", {
    type: "message.send",
    interactionId: id,
    messageId: h.newId(),
    text: "Hello Rosa",
  });
  assert.equal(h.takeEffects("provider").length, 1);
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: false });
  assert.equal(h.interaction(id).phase, "queued");
});

Deno.test("a conversation nobody touches is closed", () => {
  const h = new TenantHarness();
  h.message("1000001", "Hi");
  h.pass(86_400_000);
  assert.equal(h.state.interactions.size, 0);
  assert.equal(h.state.conversations.size, 0);
});
