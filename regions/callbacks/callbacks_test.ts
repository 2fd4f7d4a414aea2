import assert from "node:assert/strict";
import { type Draft, NUMBER, TenantHarness } from "../testing/tenant_harness.ts";

const CUSTOMER = "+4930999";

/** Someone who waits to be called back by sales, and anna, who is free if asked for. */
function waiting(policy: Record<string, unknown> = {}, change: (draft: Draft) => void = () => {}) {
  const h = new TenantHarness((draft) => {
    draft.queues[0].callback = policy;
    change(draft);
  });
  const id = h.queuedCaller("1");
  h.send({
    type: "callback-requested",
    interactionId: id,
    number: CUSTOMER,
    withinSeconds: 7200,
  });
  h.hangUp(id);
  h.takeEffects("pop");
  return { h, id };
}

const commands = (h: TenantHarness) =>
  h.takeEffects("pop").flatMap((effect) => effect.to === "pop" ? [effect.command] : []);
const types = (h: TenantHarness) => commands(h).map(({ type }) => type);

Deno.test("agent first: who accepts hears it ring, and talks to whoever answers", () => {
  const { h, id } = waiting();
  h.available("anna");
  assert.deepEqual(h.accept("anna"), ["offer.ended", "interaction.dialled"]);
  const { call, agentLegId, flow } = h.interaction(id);
  const [originate, join] = commands(h);
  assert.deepEqual(originate, {
    type: "originate",
    legId: call!.carrierLegId,
    number: CUSTOMER,
    callerId: NUMBER,
    ringSeconds: 30,
    notAfter: h.at + 15_000,
  });
  assert.deepEqual(join, { type: "join", legId: agentLegId, agentId: "anna" });
  assert.equal(flow.deadline, h.at + 55_000);
  h.call(id, { type: "call.progress", stage: "placed" });
  h.call(id, { type: "call.progress", stage: "placed" });
  assert.deepEqual(h.join(id), ["interaction.agent-listening"]);
  assert.deepEqual(h.answer(id), ["call.answered", "interaction.connected"]);
  const { phase, virtual, callback } = h.interaction(id);
  assert.deepEqual([phase, virtual, callback!.attempts], ["connected", null, 1]);
  h.agent("anna", { type: "interaction.end", interactionId: id });
  h.refuse(id, "agent-hung-up", null);
  h.agent("anna", { type: "interaction.wrap-up", interactionId: id, code: "resolved" });
  assert.equal(h.state.interactions.size, 0);
});

Deno.test("agent first: an answer before the softphone is on the call waits for it", () => {
  const { h, id } = waiting();
  h.available("anna");
  h.accept("anna");
  assert.deepEqual(h.answer(id), ["call.answered"]);
  assert.deepEqual(h.join(id), ["interaction.agent-listening", "interaction.connected"]);
});

Deno.test("a failed attempt frees the agent, and the contact is called again with its place", () => {
  const { h, id } = waiting({ attempts: 2, minutesBetweenAttempts: 5 });
  const { order, queuedAt } = h.interaction(id).place!;
  h.available("anna");
  h.accept("anna");
  assert.deepEqual(h.refuse(id), ["leg.ended", "interaction.attempt-failed"]);
  assert.deepEqual(h.state.agents.get("anna")!.assigned, []);
  h.pass(5 * 60_000 - 1);
  assert.equal(h.interaction(id).phase, "postponed");
  h.pass(1);
  assert.equal(h.offeredTo(id), "anna");
  assert.deepEqual([h.interaction(id).place!.order, h.interaction(id).place!.queuedAt], [
    order,
    queuedAt,
  ]);
  h.accept("anna");
  assert.deepEqual(h.refuse(id, "no-answer", null).slice(-1), ["interaction.ended"]);
  const ended = h.log.at(-1)!.event;
  assert.equal(ended.type === "interaction.ended" && ended.cause, "callback-failed");
  assert.deepEqual(h.state.agents.get("anna")!.assigned, []);
});

Deno.test("a call of which the PoP tells nothing is withdrawn, and none follows before its end", () => {
  const { h, id } = waiting({ minutesBetweenAttempts: 1 });
  h.available("anna");
  h.accept("anna");
  types(h);
  h.pass(55_000);
  assert.deepEqual(types(h), ["hang-up"]);
  h.pass(10 * 60_000);
  assert.equal(h.interaction(id).phase, "postponed");
  h.refuse(id, "no-answer", null);
  assert.equal(h.offeredTo(id), "anna");
});

Deno.test("an agent may withdraw the call, and one whose softphone is lost does", () => {
  const { h, id } = waiting({ minutesBetweenAttempts: 1 });
  h.available("anna");
  h.accept("anna");
  types(h);
  h.agent("anna", { type: "interaction.end", interactionId: id });
  assert.deepEqual(types(h), ["hang-up"]);
  h.refuse(id, "agent-hung-up", null);
  h.pass(60_000);
  h.accept("anna");
  h.call(id, {
    type: "leg.ended",
    legId: h.interaction(id).agentLegId!,
    cause: "agent-lost",
    media: null,
  });
  assert.equal(h.state.agents.get("anna")!.state, "rona");
  assert.equal(h.interaction(id).phase, "postponed");
});

Deno.test("whoever answered after their agent was lost waits as a caller, first in line", () => {
  const { h, id } = waiting();
  h.available("anna");
  h.accept("anna");
  h.answer(id);
  const { agentLegId } = h.interaction(id);
  h.available("ben");
  h.call(id, { type: "leg.ended", legId: agentLegId!, cause: "agent-lost", media: null });
  assert.equal(h.offeredTo(id), "ben");
  h.accept("ben");
  h.join(id);
  assert.equal(h.interaction(id).phase, "connected");
});

Deno.test("customer first: the agent is kept free, and offered whoever answers", () => {
  const { h, id } = waiting({ when: "customer-first", prompt: "welcome" });
  h.available("anna");
  assert.equal(h.interaction(id).phase, "dialling");
  const behind = h.queuedCaller("1");
  assert.equal(h.interaction(behind).phase, "queued", "anna is kept free");
  types(h);
  h.answer(id);
  assert.equal(h.offeredTo(id), "anna");
  const [play] = commands(h);
  assert.deepEqual(play, {
    type: "play",
    items: [{ type: "library", name: "welcome" }],
    loop: false,
  });
  h.call(id, { type: "call.played", commandId: `${id}:greeting`, outcome: "completed" });
  assert.deepEqual(commands(h).at(-1), {
    type: "play",
    items: [{ type: "library", name: "hold-music" }],
    loop: true,
  });
  h.accept("anna");
  h.join(id);
  assert.equal(h.interaction(id).phase, "connected");
});

Deno.test("customer first: an agent who leaves meanwhile costs whoever answers no place", () => {
  const { h, id } = waiting({ when: "customer-first" });
  h.available("anna");
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: false });
  h.answer(id);
  assert.equal(h.interaction(id).phase, "queued");
  h.available("ben");
  assert.equal(h.offeredTo(id), "ben");
});

Deno.test("outside the hours the place is kept and nobody is called", () => {
  // The harness begins at 00:16:40 on a Thursday.
  const { h, id } = waiting(
    { window: { businessHoursId: "day", from: "00:30", until: "01:00" } },
    (draft) =>
      draft.businessHours = [{
        id: "day",
        name: "Day",
        timeZone: "UTC",
        weekly: [{ days: ["thu", "fri"], times: [{ from: "00:00", to: "12:00" }] }],
      }],
  );
  h.available("anna");
  assert.equal(h.interaction(id).phase, "postponed");
  h.pass(13 * 60_000);
  assert.equal(h.interaction(id).phase, "postponed");
  h.pass(25_000);
  assert.equal(h.offeredTo(id), "anna");
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  h.pass(30 * 60_000);
  assert.equal(h.interaction(id).phase, "postponed", "the hours have ended");
});

Deno.test("two contacts with one number are called one after the other", () => {
  const { h, id } = waiting();
  h.available("anna");
  h.accept("anna");
  const other = h.queuedCaller("1");
  h.send({
    type: "callback-requested",
    interactionId: other,
    number: CUSTOMER,
    withinSeconds: 7200,
  });
  h.available("ben");
  h.call(other, { type: "call.ended", cause: "caller-hung-up", media: null });
  assert.equal(h.interaction(other).phase, "postponed");
  h.refuse(id);
  h.pass(60_000);
  assert.equal(h.interaction(other).phase, "offered");
});

Deno.test("a call that its PoP has lost is a failed attempt, unless the PoP was never told of it", () => {
  const { h, id } = waiting();
  h.available("anna");
  h.accept("anna");
  const { callId } = h.interaction(id).call!;
  h.send({ type: "pop-reported", popId: "FRA", lostCalls: [callId], softphones: ["anna"] });
  assert.equal(h.interaction(id).callback!.lastCause, "failure");
});

Deno.test("a listed contact is called when an agent accepts, whatever the queue says of callbacks", () => {
  const h = new TenantHarness((draft) => {
    draft.queues.push({
      id: "campaign",
      name: "Campaign",
      kind: "voice",
      direction: "outbound",
      distribution: [{ afterSeconds: 0, teamIds: ["desk"] }],
      callback: { enabled: false, when: "customer-first", callerId: NUMBER },
    });
  });
  h.available("anna");
  const interactionId = h.newId();
  h.send({
    type: "contact-listed",
    interactionId,
    queueId: "campaign",
    number: CUSTOMER,
    contactName: "Rosa",
    priority: 0,
    requirements: [],
    withinSeconds: 3600,
  });
  assert.equal(h.offeredTo(interactionId), "anna");
  h.accept("anna");
  const [originate] = commands(h);
  assert.equal(originate.type === "originate" && originate.callerId, NUMBER);
});
