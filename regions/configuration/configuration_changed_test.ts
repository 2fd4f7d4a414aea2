import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";

Deno.test("a configuration that changes nothing for anybody leaves no event", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.queuedCaller();
  h.queuedCaller();
  assert.deepEqual(h.reconfigure(() => {}), []);
});

Deno.test("waiting contacts get their queue's new groups, and teams that searched go on searching", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller();
  h.pass(10_000);
  h.reconfigure((draft) => {
    draft.queues[0].distribution = [{ afterSeconds: 20, teamIds: ["backup"] }];
  });
  h.available("cleo");
  assert.equal(h.interaction(id).phase, "queued");
  assert.deepEqual(h.pass(10_000), ["interaction.widened", "offer.made"]);
  h.reconfigure((draft) => {
    draft.agents[2].teamIds = ["desk"];
  });
  const other = h.queuedCaller();
  h.available("anna");
  assert.equal(h.interaction(other).phase, "queued");
  h.agent("cleo", { type: "agent.set-state-idle", idleCode: null });
  assert.equal(h.offeredTo(id), "anna");
});

Deno.test("contacts of a deleted queue move where they are told to, and keep the wait", () => {
  const h = new TenantHarness();
  const id = h.queuedCaller("1");
  const { queuedAt } = h.interaction(id).place!;
  h.pass(5000);
  const remove = () =>
    h.reconfigure(
      (draft) => {
        draft.queues.shift();
        draft.flows[0].activities.sales.queueId = "support";
      },
      { sales: "support" },
    );
  assert.deepEqual(remove(), ["interaction.moved"]);
  const { place } = h.interaction(id);
  assert.deepEqual([place!.queueId, place!.queuedAt], ["support", queuedAt]);
  h.available("anna");
  assert.equal(h.offeredTo(id), "anna");
});

Deno.test("contacts stop asking for skills that are gone when they are told to", () => {
  const h = new TenantHarness((draft) => {
    draft.skills = [{ id: "german", name: "German", kind: "proficiency" }];
    draft.flows[0].activities.sales.requirements = [{ skillId: "german", atLeast: 3 }];
  });
  h.available("anna");
  const id = h.queuedCaller();
  assert.equal(h.interaction(id).phase, "queued");
  assert.deepEqual(h.reconfigure((draft) => draft.skills = [], {}, true), [
    "interaction.moved",
    "offer.made",
  ]);
});

Deno.test("a profile that shrinks takes nothing away, and nothing new comes until there is room", () => {
  const h = new TenantHarness();
  h.available("anna");
  for (const contact of ["1000001", "1000002"]) {
    h.message(contact, "Hi");
    h.accept("anna");
  }
  h.reconfigure((draft) => {
    draft.multimediaProfiles = [{ id: "one", name: "One at a time", social: 1 }];
    draft.sites[0].multimediaProfileId = "one";
  });
  assert.equal(h.state.agents.get("anna")!.assigned.length, 2);
  h.message("1000003", "Hi");
  assert.equal(h.state.agents.get("anna")!.offeredInteractionId, null);
});

Deno.test("an agent who is removed and has nothing to do is signed out", () => {
  const h = new TenantHarness();
  h.available("anna");
  const happened = h.reconfigure((draft) => {
    draft.agents.shift();
  });
  assert.deepEqual(happened, ["agent.configured", "agent.disconnected"]);
});

Deno.test("what is sensitive is never a clear value, whoever gives it", () => {
  const h = new TenantHarness((draft) => {
    draft.globalVariables = [{ id: "card", name: "Card", value: "4111", sensitive: true }];
    const [flow] = draft.flows;
    flow.variables = { pin: { type: "text", agentViewable: true, agentEditable: true } };
    const inner = {
      ...{ id: "inner", name: "Inner", kind: "voice", start: "park" },
      variables: { pin: { type: "text", sensitive: true } },
      activities: { park: { type: "queue", queueId: "sales" } },
    };
    draft.flows.push(inner);
    flow.activities.call = { type: "sub-flow", flowId: "inner", next: flow.start };
    flow.start = "call";
  });
  h.available("anna");
  const interactionId = h.connectedCaller();
  assert.equal(h.interaction(interactionId).flow.variables.card, "");
  assert.throws(
    () =>
      h.agent("anna", {
        type: "interaction.set-variable",
        ...{ interactionId, variable: "pin", value: "1234" },
      }),
    (error) => error instanceof AntiphonError && error.code === "forbidden",
  );
});

Deno.test("agents see and change variables as they are marked", () => {
  const h = new TenantHarness((draft) => {
    draft.globalVariables = [
      { id: "tier", name: "Tier", value: "gold", agentViewable: true, agentEditable: true },
      { id: "card", name: "Card", value: "4111", agentViewable: true, sensitive: true },
      { id: "internal", name: "Internal", value: "x" },
    ];
  });
  h.available("anna");
  const interactionId = h.connectedCaller();
  const shown = () => {
    const [last] = h.takeEffects("desktop").reverse();
    assert.ok(last.to === "desktop" && last.event.type === "assignment.changed");
    return last.event.assignment.variables;
  };
  const { tier, card, internal } = shown();
  assert.deepEqual([tier, card, internal], ["gold", undefined, undefined]);
  const set = (variable: string, value: string) =>
    h.agent("anna", { type: "interaction.set-variable", interactionId, variable, value });
  set("tier", "platinum");
  assert.equal(shown().tier, "platinum");
  assert.throws(
    () => set("internal", "y"),
    (error) => error instanceof AntiphonError && error.code === "forbidden",
  );
});

Deno.test("who may be served after a change is served in order, not as they came", () => {
  const h = new TenantHarness((draft) => {
    draft.flows[0].activities.support.priority = 5;
  });
  h.available("cleo");
  const ids = [h.queuedCaller("1"), h.queuedCaller("2")];
  h.reconfigure((draft) => draft.agents[2].teamIds = ["desk"]);
  assert.deepEqual(ids.map((id) => h.offeredTo(id)), [undefined, "cleo"]);
});

Deno.test("what was on offer to an agent who is deleted goes to the next in the same decision", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.at += 1;
  h.available("ben");
  const id = h.queuedCaller();
  assert.equal(h.offeredTo(id), "anna");
  h.reconfigure((draft) => draft.agents.shift());
  assert.equal(h.offeredTo(id), "ben");
});

Deno.test("an offer whose contact is moved shows its new queue", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.queuedCaller();
  h.takeEffects("desktop");
  h.reconfigure((draft) => {
    draft.queues.shift();
    draft.flows[0].activities.sales.queueId = "support";
  }, { sales: "support" });
  const [shown] = h.takeEffects("desktop");
  assert.ok(shown?.to === "desktop" && shown.event.type === "offer.made");
  assert.equal(shown.event.offer.queue.name, "Support");
});
