import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";

const HQ = [{ days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], times: [] as unknown[] }];

function hours(from: string, to: string) {
  return [{
    id: "office",
    name: "Office",
    timeZone: "UTC",
    weekly: [{ days: HQ[0].days, times: [{ from, to }] }],
  }];
}

Deno.test("a queue with automatic acceptance gives the contact to the agent at once", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].acceptance = "automatic";
  });
  h.available("anna");
  const id = h.queuedCaller();
  const { phase, agentId } = h.interaction(id);
  assert.deepEqual([phase, agentId], ["connecting", "anna"]);
});

Deno.test("a queue whose contacts cannot be declined refuses it, and says so to the desktop", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].declinable = false;
  });
  h.available("anna");
  const id = h.queuedCaller();
  const { offerId } = h.interaction(id).offer!;
  assert.throws(
    () => h.agent("anna", { type: "offer.decline", offerId }),
    (error) => error instanceof AntiphonError && error.code === "state_not_allowed",
  );
  assert.equal(h.offeredTo(id), "anna");
  const shown = h.takeEffects("desktop").find((e) =>
    e.to === "desktop" && e.event.type === "offer.made"
  );
  assert.ok(shown?.to === "desktop" && shown.event.type === "offer.made");
  assert.equal(shown.event.offer.declinable, false);
});

Deno.test("going idle gives an offer back, also one that cannot be declined", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].declinable = false;
  });
  h.available("anna");
  const id = h.queuedCaller();
  h.agent("anna", { type: "agent.set-state-idle", idleCode: "break" });
  assert.equal(h.interaction(id).phase, "queued");
});

Deno.test("a queue's own offer time stands above the tenant's", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].offerSeconds = 7;
  });
  h.available("anna");
  const id = h.queuedCaller();
  const { offeredAt, expiresAt } = h.interaction(id).offer!;
  assert.equal(expiresAt - offeredAt, 7000);
});

Deno.test("who has waited long enough moves to the overflow queue and keeps the wait", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.queues[0], { maxWaitSeconds: 60, overflowQueueId: "support" });
    draft.queues[1].distribution = [{ afterSeconds: 0, teamIds: ["backup"] }];
  });
  const early = h.queuedCaller();
  h.pass(30_000);
  const late = h.queuedCaller("2");
  h.pass(30_000);
  const { queueId, queuedAt } = h.interaction(early).place!;
  assert.deepEqual([queueId, queuedAt], ["support", h.at - 60_000]);
  assert.equal(h.state.routing.positionOf(h.interaction(early)), 1);
  assert.equal(h.state.routing.positionOf(h.interaction(late)), 2);
  h.available("cleo");
  assert.equal(h.offeredTo(early), "cleo");
});

Deno.test("who has waited long enough is released where there is no overflow", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[0].maxWaitSeconds = 60;
  });
  const id = h.queuedCaller();
  h.pass(60_000);
  assert.equal(h.interaction(id).phase, "ending");
});

Deno.test("queues are blended by relative priority, then contacts by their own", () => {
  const h = new TenantHarness((draft) => {
    draft.queues[1].relativePriority = 8;
    draft.flows[0].activities.sales.priority = 9;
  });
  const sales = h.queuedCaller("1");
  h.at += 1000;
  const support = h.queuedCaller("2");
  h.available("anna");
  assert.equal(h.offeredTo(support), "anna");
  h.available("ben");
  assert.equal(h.offeredTo(sales), "ben");
});

Deno.test("outside its hours a queue sends the flow on, or releases the caller", () => {
  const closed = (onClosed: Record<string, unknown>) =>
    new TenantHarness((draft) => {
      draft.businessHours = hours("09:00", "17:00");
      draft.queues[0].businessHoursId = "office";
      draft.flows[0].activities.sales = { type: "queue", queueId: "sales", ...onClosed };
    });
  const released = closed({});
  assert.equal(released.interaction(released.queuedCaller()).phase, "ending");
  const sentOn = closed({ onClosed: "support" });
  assert.equal(sentOn.interaction(sentOn.queuedCaller()).place!.queueId, "support");
  const open = closed({});
  open.at = 10 * 3_600_000;
  assert.equal(open.interaction(open.queuedCaller()).phase, "queued");
});

Deno.test("outside its hours, and in an emergency, an entry point starts its closed flow", () => {
  const h = new TenantHarness((draft) => {
    draft.businessHours = hours("09:00", "17:00");
    Object.assign(draft.entryPoints[0], { businessHoursId: "office", closedFlowId: "closed" });
    draft.flows.push({
      id: "closed",
      name: "Closed",
      kind: "voice",
      start: "sorry",
      activities: {
        sorry: { type: "play", prompt: "welcome", next: "end" },
        end: { type: "hang-up" },
      },
    });
  });
  assert.equal(h.interaction(h.queuedCaller()).flow.flowId, "closed");
  h.at = 10 * 3_600_000;
  assert.equal(h.interaction(h.queuedCaller()).flow.flowId, "welcome");
  h.reconfigure((draft) => {
    draft.settings.emergencyClosure = true;
  });
  assert.equal(h.interaction(h.queuedCaller()).flow.flowId, "closed");
});

Deno.test("a promise to contacts is counted in business hours and shown with the interaction", () => {
  const h = new TenantHarness((draft) => {
    draft.businessHours = hours("09:00", "17:00");
    draft.settings.serviceLevel = {
      businessHoursId: "office",
      resolutionSeconds: 7200,
      voice: { firstResponseSeconds: 1800 },
    };
  });
  h.at = 16 * 3_600_000;
  h.available("anna");
  const id = h.connectedCaller();
  assert.deepEqual(h.interaction(id).serviceLevel, {
    firstResponse: 16.5 * 3_600_000,
    resolution: (24 + 10) * 3_600_000,
  });
  assert.equal(h.interaction(id).firstResponseAt, h.at);
});

Deno.test("estimates follow the pace of a queue and are judged by what came of them", () => {
  const h = new TenantHarness();
  const ids = Array.from({ length: 8 }, () => h.queuedCaller());
  h.available("anna");
  for (const id of ids.slice(0, 5)) {
    h.at += 10_000;
    h.accept("anna");
    h.join(id);
    h.hangUp(id);
    h.agent("anna", { type: "interaction.wrap-up", interactionId: id, code: "resolved" });
  }
  const newcomer = h.queuedCaller();
  assert.equal(h.interaction(newcomer).place!.estimatedWait, 30_000);
});

Deno.test("a waiting contact who is given a higher priority is served before older ones", () => {
  const h = new TenantHarness();
  const older = h.queuedCaller();
  h.at += 1000;
  const id = h.queuedCaller();
  assert.deepEqual(
    h.send({ type: "prioritise", interactionId: id, priority: 9, by: "cleo" }),
    ["interaction.prioritised"],
  );
  assert.equal(h.state.routing.positionOf(h.interaction(id)), 1);
  h.available("anna");
  assert.equal(h.offeredTo(id), "anna");
  const prioritise = (interactionId: string) => () =>
    h.send({ type: "prioritise", interactionId, priority: 1, by: "cleo" });
  const refused = (code: string) => (error: unknown) =>
    error instanceof AntiphonError && error.code === code;
  assert.throws(prioritise(id), refused("state_not_allowed"));
  assert.throws(prioritise(h.newId()), refused("unknown_entity"));
  assert.equal(h.state.routing.positionOf(h.interaction(older)), 1);
});
