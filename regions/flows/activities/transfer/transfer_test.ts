import assert from "node:assert/strict";
import { NUMBER, TenantHarness } from "../../../testing/tenant_harness.ts";

const BRANCH = "+4930777";

/** Digit 1 leads to a transfer, what comes of it to a queue. */
function harness(to: Record<string, unknown>): TenantHarness {
  return new TenantHarness((draft) => {
    const { activities } = draft.flows[0];
    activities.sales = { type: "transfer", to, onFailure: "support" };
    draft.flows.push({
      id: "branch",
      name: "Branch",
      kind: "voice",
      start: "bye",
      variables: { colour: "blue" },
      activities: {
        bye: { type: "play", prompt: "goodbye", next: "end" },
        end: { type: "hang-up" },
      },
    });
    draft.entryPoints.push({
      id: "branch",
      name: "Branch",
      channel: "voice",
      number: "+4969900101",
      flowId: "branch",
    });
  });
}

const toNumber = () => harness({ kind: "number", number: BRANCH, ringSeconds: 20 });

const legOf = (h: TenantHarness, id: string) => h.interaction(id).agentLegId!;

Deno.test("a transfer to a number that answers ends the flow, and the call goes on outside", () => {
  const h = toNumber();
  const id = h.queuedCaller("1");
  const commands = h.takeEffects("pop").flatMap((effect) =>
    effect.to === "pop" ? [effect.command] : []
  );
  assert.deepEqual(commands.slice(-2), [
    { type: "play", items: [{ type: "library", name: "ringback-eu" }], loop: true },
    { type: "dial", legId: legOf(h, id), number: BRANCH, callerId: null, ringSeconds: 20 },
  ]);
  h.call(id, { type: "leg.joined", legId: legOf(h, id), agentId: null, codec: "PCMA" });
  assert.equal(h.interaction(id).phase, "outside");
  h.call(id, {
    type: "leg.ended",
    legId: legOf(h, id),
    cause: "agent-hung-up",
    media: null,
  });
  assert.equal(h.interaction(id).phase, "ending");
  h.hangUp(id);
  assert.equal(h.state.interactions.size, 0);
});

Deno.test("a transfer to a number that does not answer goes on where it says, with the cause", () => {
  const h = toNumber();
  const id = h.queuedCaller("1");
  h.call(id, {
    type: "leg.ended",
    legId: legOf(h, id),
    cause: "busy",
    sipStatus: 486,
    media: null,
  });
  const { phase, place, flow, agentLegId } = h.interaction(id);
  assert.deepEqual([phase, place!.queueId, agentLegId], ["queued", "support", null]);
  assert.equal(flow.variables.transferCause, "busy");
});

Deno.test("a transfer of which the PoP tells nothing is given up", () => {
  const h = toNumber();
  const id = h.queuedCaller("1");
  const legId = legOf(h, id);
  h.takeEffects("pop");
  h.pass(30_000);
  assert.equal(h.interaction(id).flow.variables.transferCause, "no-answer");
  const [leave] = h.takeEffects("pop");
  assert.deepEqual(leave.to === "pop" && leave.command, {
    type: "leave",
    legId,
    cause: "no-answer",
  });
  h.call(id, { type: "leg.joined", legId, agentId: null, codec: "PCMA" });
  assert.equal(h.interaction(id).phase, "queued");
});

Deno.test("a caller who hangs up while a transfer rings is gone", () => {
  const h = toNumber();
  const id = h.queuedCaller("1");
  h.hangUp(id);
  assert.equal(h.state.interactions.size, 0);
});

Deno.test("a transfer to an agent queues to them, or goes on with the cause", () => {
  const h = harness({ kind: "agent", agentId: "anna", queueId: "sales" });
  const missed = h.queuedCaller("1");
  assert.equal(h.interaction(missed).flow.variables.transferCause, "agent-unavailable");
  h.available("anna");
  h.accept("anna");
  const id = h.queuedCaller("1");
  assert.equal(h.interaction(id).place!.agentId, "anna");
});

Deno.test("a transfer to an entry point begins its flow with the same interaction", () => {
  const h = harness({ kind: "entry-point", entryPointId: "branch" });
  const id = h.queuedCaller("1");
  const { flow, phase } = h.interaction(id);
  assert.deepEqual([phase, flow.flowId, flow.activityId], ["flow", "branch", "bye"]);
  assert.deepEqual(
    [flow.variables.colour, flow.variables.choice, flow.variables.entryPoint],
    ["blue", "1", "branch"],
  );
  assert.equal(flow.variables.dialledNumber, NUMBER);
});

Deno.test("a transfer to what is no number goes on with the cause", () => {
  const h = harness({ kind: "number", number: "{{ choice }}" });
  const id = h.queuedCaller("1");
  assert.equal(h.interaction(id).flow.variables.transferCause, "number-invalid");
});
