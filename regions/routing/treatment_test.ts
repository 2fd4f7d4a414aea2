import assert from "node:assert/strict";
import { TenantHarness } from "../testing/tenant_harness.ts";

function treated(): TenantHarness {
  return new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "patience" },
      patience: { type: "play", prompt: "welcome", next: "advert" },
      advert: { type: "play", prompt: "hold-music", next: "sales" },
    });
  });
}

const played = (h: TenantHarness, id: string) =>
  h.call(id, {
    type: "call.played",
    commandId: `${id}:flow:${h.interaction(id).flow.step}`,
    outcome: "completed",
  });

const prompts = (h: TenantHarness) =>
  h.takeEffects("pop").flatMap((effect) =>
    effect.to === "pop" && effect.command.type === "play"
      ? effect.command.items.map((item) => item.type === "library" ? item.name : item.type)
      : []
  );

Deno.test("a parked contact's flow goes on, round and round, and the place stays", () => {
  const h = treated();
  const id = h.queuedCaller();
  const { queuedAt, order } = h.interaction(id).place!;
  assert.equal(h.interaction(id).flow.activityId, "patience");
  h.at += 5000;
  assert.deepEqual(played(h, id), ["flow.entered"]);
  h.at += 5000;
  assert.deepEqual(played(h, id), ["flow.entered", "interaction.queued", "flow.entered"]);
  const { phase, place, flow } = h.interaction(id);
  assert.deepEqual([phase, flow.activityId], ["queued", "patience"]);
  assert.deepEqual([place!.queuedAt, place!.order], [queuedAt, order]);
});

Deno.test("an offer interrupts the treatment; what the PoP says of it later changes nothing", () => {
  const h = treated();
  const id = h.queuedCaller();
  const { step } = h.interaction(id).flow;
  prompts(h);
  h.available("anna");
  assert.equal(h.offeredTo(id), "anna");
  assert.deepEqual(prompts(h), ["hold-music"]);
  const late = { type: "call.played", commandId: `${id}:flow:${step}` } as const;
  assert.deepEqual(h.call(id, { ...late, outcome: "interrupted" }), []);
});

Deno.test("after an offer that came to nothing the treatment goes on where it was broken into", () => {
  const h = treated();
  const id = h.queuedCaller();
  played(h, id);
  h.available("anna");
  assert.deepEqual(h.pass(20_000), [
    "offer.ended",
    "agent.state-changed",
    "interaction.requeued",
    "flow.entered",
  ]);
  assert.equal(h.interaction(id).flow.activityId, "advert");
  assert.deepEqual(played(h, id), ["flow.entered", "interaction.queued", "flow.entered"]);
});

Deno.test("a treatment that the PoP never ends leaves the contact waiting with music", () => {
  const h = treated();
  const id = h.queuedCaller();
  const happened = h.pass(15 * 60_000);
  assert.ok(happened.includes("flow.ended"));
  assert.equal(h.interaction(id).phase, "queued");
  h.available("anna");
  assert.equal(h.offeredTo(id), "anna");
});

Deno.test("a treatment may hang up", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "sorry" },
      sorry: { type: "play", prompt: "welcome", next: "end" },
      end: { type: "hang-up" },
    });
  });
  const id = h.queuedCaller();
  played(h, id);
  assert.equal(h.interaction(id).phase, "ending");
  assert.equal(h.state.routing.waitingIn("sales").size, 0);
});

Deno.test("a treatment tells the contact about the queue", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "ask" },
      ask: { type: "queue-information", queueId: "sales", next: "tell" },
      tell: { type: "play", prompt: "welcome", next: "ask" },
    });
  });
  const first = h.queuedCaller();
  const second = h.queuedCaller();
  assert.equal(h.interaction(first).flow.variables.queuePosition, "1");
  const { variables } = h.interaction(second).flow;
  assert.equal(variables.queuePosition, "2");
  assert.equal(variables.estimatedWaitSeconds, "");
  assert.equal(variables.agentsSignedIn, "0");
});

Deno.test("a wait that an offer broke into goes on to its end, not from its beginning", () => {
  const h = new TenantHarness((draft) => {
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "patience" },
      patience: { type: "wait", seconds: 30, next: "advert" },
      advert: { type: "play", prompt: "hold-music", next: "sales" },
    });
  });
  const id = h.queuedCaller();
  h.pass(5_000);
  h.available("anna");
  h.pass(20_000);
  assert.deepEqual([h.interaction(id).phase, h.interaction(id).flow.activityId], [
    "queued",
    "patience",
  ]);
  assert.deepEqual(h.pass(4_000), []);
  assert.ok(h.pass(2_000).includes("flow.entered"));
  assert.equal(h.interaction(id).flow.activityId, "advert");
});

Deno.test("what a service answers while an offer stands is heard when the treatment goes on", () => {
  const h = new TenantHarness((draft) => {
    draft.connectors = [
      { id: "crm", name: "CRM", baseUrl: "https://crm.example", authorised: true },
    ];
    Object.assign(draft.flows[0].activities, {
      sales: { type: "queue", queueId: "sales", next: "look" },
      look: {
        ...{ type: "http-request", connectorId: "crm", path: "/tier", next: "advert" },
        outputs: [{ variable: "tier", path: "$.tier" }],
      },
      advert: { type: "play", prompt: "hold-music", next: "sales" },
    });
  });
  const interactionId = h.queuedCaller();
  const { step } = h.interaction(interactionId).flow;
  assert.equal(h.takeEffects("service").length, 1);
  h.available("anna");
  const answer = {
    ...{ outcome: "answered", status: 200, code: null, duration: 5 },
    ...{ values: { tier: "gold" }, sealed: {} },
  };
  assert.deepEqual(h.send({ type: "flow-answered", interactionId, step, answer }), [
    "flow.put-aside",
  ]);
  h.pass(20_000);
  const { flow } = h.interaction(interactionId);
  assert.deepEqual([flow.activityId, flow.variables.tier], ["advert", "gold"]);
  assert.deepEqual(h.takeEffects("service"), [], "nobody is asked twice");
});
