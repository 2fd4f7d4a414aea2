import assert from "node:assert/strict";
import { type Draft, TenantHarness } from "../testing/tenant_harness.ts";

/** Anna speaks German at 9, Ben at 4, and both have been available since the start. */
function bilingual(queue: Record<string, unknown>, change = (_: Draft) => {}): TenantHarness {
  const h = new TenantHarness((draft) => {
    draft.skills = [
      { id: "german", name: "German", kind: "proficiency" },
      { id: "licensed", name: "Licensed", kind: "boolean" },
      { id: "words", name: "Languages", kind: "enumeration", words: ["de", "en"] },
    ];
    draft.skillProfiles = [{ id: "desk", name: "Desk", values: { german: 4, licensed: true } }];
    draft.teams[0].skillProfileId = "desk";
    draft.agents[0].skills = { german: 9, words: ["de", "en"] };
    draft.flows[0].activities.sales = { type: "queue", queueId: "sales", ...queue };
    change(draft);
  });
  h.available("ben");
  h.at += 1000;
  h.available("anna");
  return h;
}

Deno.test("a queue activity reserves only an agent who meets its requirements", () => {
  const h = bilingual({ requirements: [{ skillId: "german", atLeast: 5 }] });
  const first = h.queuedCaller();
  assert.equal(h.offeredTo(first), "anna");
  const second = h.queuedCaller();
  assert.equal(h.interaction(second).phase, "queued");
});

Deno.test("an agent's own value stands above the team's profile, which gives what they lack", () => {
  const h = bilingual({
    requirements: [{ skillId: "licensed", is: true }, { skillId: "words", is: "en" }],
  });
  assert.deepEqual(h.state.agents.get("anna")!.skills, {
    german: 9,
    licensed: true,
    words: ["de", "en"],
  });
  assert.equal(h.offeredTo(h.queuedCaller()), "anna");
});

Deno.test("a parked contact's requirements are lowered, then dropped, after their waits", () => {
  const h = bilingual({
    requirements: [{ skillId: "german", atLeast: 10 }],
    relaxation: [
      { afterSeconds: 20, requirements: [{ skillId: "german", atLeast: 8 }] },
      { afterSeconds: 60, requirements: [] },
    ],
  });
  const id = h.queuedCaller();
  const other = h.queuedCaller();
  assert.deepEqual(h.pass(19_999), []);
  assert.deepEqual(h.pass(1), ["interaction.relaxed", "interaction.relaxed", "offer.made"]);
  assert.equal(h.offeredTo(id), "anna");
  assert.equal(h.interaction(other).phase, "queued");
  h.pass(19_999);
  h.accept("anna");
  h.join(id);
  assert.deepEqual(h.pass(20_001), ["interaction.relaxed", "offer.made"]);
  assert.equal(h.offeredTo(other), "ben");
});

Deno.test("relaxation goes on while a contact is offered, and holds when it comes back", () => {
  const h = bilingual({
    requirements: [{ skillId: "german", atLeast: 5 }],
    relaxation: [{ afterSeconds: 10, requirements: [] }],
  });
  const id = h.queuedCaller();
  h.pass(15_000);
  assert.equal(h.offeredTo(id), "anna");
  assert.deepEqual(h.pass(5000), [
    "offer.ended",
    "agent.state-changed",
    "interaction.requeued",
    "interaction.relaxed",
    "offer.made",
  ]);
  assert.equal(h.offeredTo(id), "ben");
});

Deno.test("best-available takes the highest proficiency, the longest available among equals", () => {
  const requirements = [{ skillId: "german", atLeast: 1 }];
  const laa = bilingual({ requirements });
  assert.equal(laa.offeredTo(laa.queuedCaller()), "ben");
  const baa = bilingual({ requirements }, (draft) => {
    draft.queues[0].selection = "best-available";
  });
  assert.equal(baa.offeredTo(baa.queuedCaller()), "anna");
  const equal = bilingual({ requirements }, (draft) => {
    draft.queues[0].selection = "best-available";
    draft.agents[0].skills = {};
  });
  assert.equal(equal.offeredTo(equal.queuedCaller()), "ben");
});

Deno.test("an agent who frees up gets the oldest contact whose requirements they meet", () => {
  const h = bilingual({ requirements: [{ skillId: "german", atLeast: 5 }] });
  h.agent("anna", { type: "agent.set-state-idle", idleCode: null });
  h.agent("ben", { type: "agent.set-state-idle", idleCode: null });
  const hard = h.queuedCaller();
  h.at += 1000;
  const easy = h.queuedCaller("2");
  h.agent("ben", { type: "agent.set-state", state: "available" });
  assert.equal(h.offeredTo(easy), "ben");
  h.agent("anna", { type: "agent.set-state", state: "available" });
  assert.equal(h.offeredTo(hard), "anna");
});

Deno.test("new skills of an agent who is signed in count at once", () => {
  const h = bilingual({ requirements: [{ skillId: "german", atLeast: 10 }] });
  const id = h.queuedCaller();
  assert.deepEqual(
    h.reconfigure((draft) => {
      draft.agents[1].skills = { german: 10 };
    }),
    ["agent.configured", "offer.made"],
  );
  assert.equal(h.offeredTo(id), "ben");
});
