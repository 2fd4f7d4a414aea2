import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { nextDeadline } from "../interactions/next_deadline.ts";
import { type Draft, TenantHarness } from "../testing/tenant_harness.ts";

const HOUR = 3_600_000;

/** Callers hear prompts in a loop while they wait in "sales". */
function looped(change: (draft: Draft) => void = () => {}): TenantHarness {
  return new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "patience" },
      patience: { type: "play", prompt: "welcome", next: "sales" },
    });
    change(draft);
  });
}

const played = (h: TenantHarness, id: string) =>
  h.call(id, {
    type: "call.played",
    commandId: `${id}:flow:${h.interaction(id).flow.step}`,
    outcome: "completed",
  });

const commands = (h: TenantHarness) =>
  h.takeEffects("pop").flatMap((effect) => effect.to === "pop" ? [effect.command.type] : []);

Deno.test("who waits already stays when the hours end, also with a treatment that loops", () => {
  for (const onClosed of [undefined, "support"]) {
    const h = looped((draft) => {
      draft.businessHours = [{
        id: "office",
        name: "Office",
        timeZone: "UTC",
        weekly: [{ days: ["thu"], times: [{ from: "09:00", to: "12:00" }] }],
      }];
      draft.queues[0].businessHoursId = "office";
      draft.flows[0].activities.sales.onClosed = onClosed;
    });
    h.at = 12 * HOUR - 10_000;
    const id = h.queuedCaller();
    h.at += 20_000;
    played(h, id);
    assert.deepEqual(
      [h.interaction(id).phase, h.interaction(id).place!.queueId],
      ["queued", "sales"],
    );
  }
});

Deno.test("a treatment that loops keeps the place that overflow or an administrator moved", () => {
  const h = looped((draft) => {
    Object.assign(draft.queues[0], { maxWaitSeconds: 60, overflowQueueId: "support" });
  });
  const id = h.queuedCaller();
  const { queuedAt } = h.interaction(id).place!;
  h.pass(60_000);
  assert.equal(h.interaction(id).place!.queueId, "support");
  played(h, id);
  played(h, id);
  assert.deepEqual(
    [h.interaction(id).place!.queueId, h.interaction(id).place!.queuedAt],
    ["support", queuedAt],
  );
  const moved = looped();
  const other = moved.queuedCaller();
  moved.reconfigure((draft) => {
    draft.queues.shift();
    draft.flows[0].activities.sales.queueId = "support";
  }, { sales: "support" });
  played(moved, other);
  assert.equal(moved.interaction(other).phase, "queued");
});

Deno.test("a deadline that is due is over after its decision, also where a queue overflows into itself", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.queues[0], { maxWaitSeconds: 60, overflowQueueId: "sales" });
  });
  const id = h.queuedCaller();
  h.at += 60_000;
  h.send({ type: "deadline", interactionIds: [id] });
  assert.ok(nextDeadline(h.interaction(id))! > h.at);
});

Deno.test("contacts whose deadlines come due together are served in order", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].distribution = draft.queues[1].distribution = [
      { afterSeconds: 30, teamIds: ["desk"] },
    ];
    draft.flows[0].activities.support.priority = 9;
  });
  h.available("anna");
  const low = h.queuedCaller("1");
  const high = h.queuedCaller("2");
  h.at += 30_000;
  h.send({ type: "deadline", interactionIds: [low, high] });
  assert.equal(h.offeredTo(high), "anna");
  assert.equal(h.interaction(low).phase, "queued");
});

Deno.test("a contact on offer while its queue is deleted comes back to where it was moved", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  h.reconfigure((draft) => {
    draft.queues.shift();
    draft.flows[0].activities.sales.queueId = "support";
  }, { sales: "support" });
  h.pass(20_000);
  assert.deepEqual(
    [h.interaction(id).phase, h.interaction(id).place!.queueId],
    ["queued", "support"],
  );
});

Deno.test("a callback whose agent's desktop is gone goes to another agent, within its own time", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.queues[0], { maxWaitSeconds: 60, overflowQueueId: "support" });
  });
  const id = h.queuedCaller();
  h.send({
    type: "callback-requested",
    interactionId: id,
    number: "+49301",
    withinSeconds: 7200,
  });
  h.hangUp(id);
  h.available("anna");
  const { until } = h.interaction(id).place!;
  h.available("ben");
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: false });
  assert.equal(h.offeredTo(id), "ben");
  assert.equal(h.interaction(id).place!.until, until);
  h.agent("ben", { type: "agent.set-state-idle", idleCode: null });
  h.pass(2 * HOUR);
  assert.equal(h.state.interactions.has(id), false, "it does not overflow when its time is over");
});

Deno.test("a callback for one agent who signs out is served by the queue", () => {
  const h = new TenantHarness((draft) => {
    draft.flows[0].activities.sales = {
      type: "queue-to-agent",
      agentId: "anna",
      queueId: "sales",
      onUnavailable: "support",
    };
  });
  h.available("anna");
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  const interactionId = h.queuedCaller();
  h.send({ type: "callback-requested", interactionId, number: "+49301", withinSeconds: 600 });
  h.hangUp(interactionId);
  h.available("ben");
  h.agent("anna", { type: "agent.sign-out" });
  assert.equal(h.offeredTo(interactionId), "ben");
});

Deno.test("a contact for one agent who declines goes on where the flow says", () => {
  const h = new TenantHarness((draft) => {
    draft.flows[0].activities.sales = {
      type: "queue-to-agent",
      agentId: "anna",
      queueId: "sales",
      onUnavailable: "support",
    };
  });
  h.available("anna");
  const id = h.queuedCaller();
  const { offerId } = h.interaction(id).offer!;
  h.agent("anna", { type: "offer.decline", offerId });
  assert.deepEqual(
    [h.interaction(id).place!.queueId, h.interaction(id).place!.agentId],
    ["support", null],
  );
});

Deno.test("whoever was offered too soon to hear a treatment hears it when the offer fails", () => {
  const h = looped();
  h.available("anna");
  const id = h.queuedCaller();
  h.pass(20_000);
  assert.deepEqual(
    [h.interaction(id).phase, h.interaction(id).flow.activityId],
    ["queued", "patience"],
  );
});

Deno.test("an agent who is deleted with a contact gets nothing new and is signed out after it", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.message("1000001", "Hi");
  h.accept("anna");
  const [interactionId] = h.state.agents.get("anna")!.assigned;
  h.reconfigure((draft) => draft.agents.shift());
  h.message("1000002", "Hi");
  assert.equal(h.state.agents.get("anna")!.offeredInteractionId, null);
  h.agent("anna", { type: "interaction.end", interactionId });
  h.agent("anna", { type: "interaction.wrap-up", interactionId, code: "resolved" });
  assert.equal(h.state.agents.get("anna")?.edgeId ?? null, null);
});

Deno.test("an offer that ends with its agent's desktop is told to the desktop first", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.queuedCaller();
  h.takeEffects("desktop");
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: false });
  const told = h.takeEffects("desktop").map((e) => e.to === "desktop" ? e.event.type : "");
  assert.deepEqual(told, ["offer.ended", "agent.changed"]);
});

Deno.test("a conversation does not end by its queue's wait when the overflow is gone", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.queues[2], { maxWaitSeconds: 60, overflowQueueId: "more" });
    draft.queues.push({ ...draft.queues[2], id: "more", overflowQueueId: undefined });
  });
  h.message("1000001", "Hi");
  const [id] = h.state.interactions.keys();
  h.reconfigure((draft) => delete draft.queues[2].overflowQueueId);
  h.pass(60_000);
  assert.deepEqual([h.interaction(id).phase, h.interaction(id).place!.until], ["queued", null]);
});

Deno.test("a dormant contact without any way in any more is refused, and nothing has changed", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[2].contactIdle = { seconds: 60 };
  });
  h.available("anna");
  h.message("1000001", "Hi");
  h.accept("anna");
  const [interactionId] = h.state.agents.get("anna")!.assigned;
  h.agent("anna", { type: "message.send", interactionId, messageId: h.newId(), text: "Yes?" });
  h.pass(60_000);
  h.reconfigure((draft) => {
    draft.queues.pop();
    draft.entryPoints.pop();
  });
  const { seq } = h.state;
  assert.throws(
    () => h.message("1000001", "Hello?"),
    (error) => error instanceof AntiphonError && error.code === "unknown_entity",
  );
  assert.equal(h.state.seq, seq);
});

Deno.test("a parked caller hears music when the treatment fails, and while a number rings", () => {
  const h = looped();
  const id = h.queuedCaller();
  h.takeEffects("pop");
  h.pass(15 * 60_000);
  assert.equal(h.interaction(id).phase, "queued");
  assert.deepEqual(commands(h), ["play"]);

  const outside = looped((draft) => {
    draft.teams.push({
      id: "service",
      name: "Service",
      siteId: "hq",
      capacity: { number: "+4930999", calls: 1 },
    });
    draft.queues[0].distribution = [{ afterSeconds: 30, teamIds: ["service"] }];
  });
  outside.queuedCaller();
  outside.takeEffects("pop");
  outside.pass(30_000);
  assert.deepEqual(commands(outside), ["play", "dial"]);
});

Deno.test("a silent contact's time does not outlast the agent it ran for", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[2].contactIdle = { seconds: 300 };
  });
  h.available("anna");
  h.message("1000001", "Hi");
  h.accept("anna");
  const [interactionId] = h.state.agents.get("anna")!.assigned;
  h.agent("anna", { type: "message.send", interactionId, messageId: h.newId(), text: "Yes?" });
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: false });
  h.pass(400_000);
  h.available("ben");
  h.accept("ben");
  assert.equal(h.interaction(interactionId).phase, "connected");
  assert.deepEqual(h.pass(1000), []);
});

Deno.test("a number that never answers is no departure, and an immediate offer no long wait", () => {
  const h = new TenantHarness((draft) => {
    draft.teams.push({
      id: "service",
      name: "Service",
      siteId: "hq",
      capacity: { number: "+4930999", calls: 9 },
    });
    draft.queues[0].distribution = [{ afterSeconds: 0, teamIds: ["service"] }];
  });
  for (let i = 0; i < 5; i++) h.queuedCaller();
  h.pass(120_000);
  assert.equal(h.state.paces.size, 0);
});

Deno.test("an agent without a softphone is not available for calls", () => {
  const h = new TenantHarness();
  h.send({ type: "presence", agentId: "anna", edgeId: "local", connected: true });
  h.agent("anna", { type: "agent.set-state", state: "available" });
  assert.deepEqual(h.state.routing.agentsIn(["desk"], "voice"), { signedIn: 1, available: 0 });
  assert.deepEqual(h.state.routing.agentsIn(["desk"], "social"), { signedIn: 1, available: 1 });
});

Deno.test("a softphone that moves to another PoP gives back the call that it cannot take", () => {
  const h = new TenantHarness();
  h.available("anna");
  const id = h.queuedCaller();
  h.send({ type: "softphone", popId: "NYC", agentId: "anna", connected: true });
  assert.equal(h.interaction(id).phase, "queued");
});

Deno.test("a caller who loses their agent waits anew for as long as the queue allows", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].maxWaitSeconds = 90;
  });
  h.available("anna");
  const id = h.connectedCaller();
  h.at += 60_000;
  const legId = h.interaction(id).agentLegId!;
  h.call(id, { type: "leg.ended", legId, cause: "media-timeout", media: null });
  assert.equal(h.interaction(id).place!.until, h.at + 90_000);
});

Deno.test("going idle with an offer that cannot be declined takes it back; it comes again", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].declinable = false;
  });
  h.available("anna");
  const id = h.queuedCaller();
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  assert.equal(h.interaction(id).phase, "queued");
  h.agent("anna", { type: "agent.set-state", state: "available" });
  assert.equal(h.offeredTo(id), "anna");
});
