import assert from "node:assert/strict";
import { TenantHarness } from "../testing/tenant_harness.ts";

function personal(agentId = "anna"): TenantHarness {
  return new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: {
        type: "queue-to-agent",
        agentId,
        queueId: "sales",
        onUnavailable: "support",
      },
    });
  });
}

Deno.test("a contact for one agent waits for that agent, whoever else is free", () => {
  const h = personal();
  h.available("anna");
  h.connectedCaller("anna");
  h.available("ben");
  const id = h.queuedCaller();
  assert.equal(h.interaction(id).phase, "queued");
  assert.equal(h.interaction(id).place!.agentId, "anna");
});

Deno.test("an agent who frees up gets the contact that waits for them alone first", () => {
  const h = personal();
  h.available("anna");
  const talking = h.connectedCaller("anna");
  const older = h.queuedCaller("2");
  h.at += 1000;
  const own = h.queuedCaller();
  h.hangUp(talking);
  h.agent("anna", { type: "interaction.wrap-up", interactionId: talking, code: "resolved" });
  assert.equal(h.offeredTo(own), "anna");
  assert.equal(h.interaction(older).phase, "queued");
});

Deno.test("a contact for an agent who is not there goes on where its flow says", () => {
  const h = personal();
  assert.equal(h.interaction(h.queuedCaller()).place!.queueId, "support");
  const unknown = personal("nobody");
  assert.equal(unknown.interaction(unknown.queuedCaller()).place!.queueId, "support");
});

Deno.test("when the agent signs out, who waits for them goes on where the flow says", () => {
  const h = personal();
  h.available("anna");
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  const id = h.queuedCaller();
  assert.equal(h.interaction(id).place!.agentId, "anna");
  assert.deepEqual(h.agent("anna", { type: "agent.sign-out" }), [
    "agent.disconnected",
    "interaction.left-queue",
    "flow.entered",
    "interaction.queued",
  ]);
  assert.deepEqual(
    [h.interaction(id).place!.agentId, h.interaction(id).place!.queueId],
    [null, "support"],
  );
});

Deno.test("an agent's id may come from a variable", () => {
  const h = personal("{{ accountManager }}");
  h.reconfigure((draft) => {
    draft.globalVariables = [{ id: "accountManager", name: "Account manager", value: "ben" }];
  });
  h.available("ben");
  assert.equal(h.offeredTo(h.queuedCaller()), "ben");
});

Deno.test("a call for an agent whose desktop and then softphone are gone goes on where the flow says", () => {
  const h = personal();
  h.available("anna");
  const id = h.queuedCaller();
  h.accept("anna");
  h.join(id);
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: false });
  const legId = h.interaction(id).agentLegId!;
  h.call(id, { type: "leg.ended", legId, cause: "media-timeout", media: null });
  assert.deepEqual(
    [h.interaction(id).place!.agentId, h.interaction(id).place!.queueId],
    [null, "support"],
  );
});

Deno.test("a conversation can be for one agent, too", () => {
  const h = new TenantHarness((draft) => {
    draft.flows[1].activities.wait = {
      type: "queue-to-agent",
      agentId: "ben",
      queueId: "messages",
      onUnavailable: "anyone",
    };
    draft.flows[1].activities.anyone = { type: "queue", queueId: "messages" };
  });
  h.available("anna");
  h.message("1000001", "Hello");
  assert.notEqual(h.state.agents.get("anna")!.offeredInteractionId, null);
  h.available("ben");
  h.message("1000002", "Hello");
  assert.notEqual(h.state.agents.get("ben")!.offeredInteractionId, null);
});
