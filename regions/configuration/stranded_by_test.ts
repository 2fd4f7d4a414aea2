import assert from "node:assert/strict";
import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import { type Draft, NUMBER, TenantHarness } from "../testing/tenant_harness.ts";
import { strandedBy } from "./stranded_by.ts";

/** What a change of the harness's configuration would strand, as `reason kind/id count`. */
function stranded(
  h: TenantHarness,
  change: (draft: Draft) => void,
  resolution?: Partial<StrandResolution>,
): string[] {
  const before = h.configuration;
  const next = new TenantHarness((draft) => {
    Object.assign(draft, structuredClone(before.document));
    change(draft);
  });
  const all = { moveTo: {}, dropRequirements: false, ...resolution };
  return strandedBy(h.state, before, next.configuration, all)
    .map(({ reason, kind, id, count }) => `${reason} ${kind}/${id} ${count}`);
}

/** A caller who hears the menu and has not chosen yet. */
function callerInMenu(h: TenantHarness): void {
  const callId = h.newId();
  const legs = { legId: h.newId(), trunkId: h.newId() };
  h.call(callId, {
    ...{ type: "call.offered", ...legs, from: "+4930123456", to: NUMBER, transport: "sip-udp" },
  });
  h.call(callId, { type: "call.answered", codec: "PCMU" });
}

const withoutSales = (draft: Draft) => {
  draft.queues.shift();
  draft.flows[0].activities.sales.queueId = "support";
};
const german = (draft: Draft) => {
  draft.skills = [{ id: "german", name: "German", kind: "proficiency" }];
  draft.flows[0].activities.sales.requirements = [{ skillId: "german", atLeast: 3 }];
};
const withoutGerman = (draft: Draft) => {
  draft.skills = [];
  draft.flows[0].activities.sales.requirements = [];
};

Deno.test("nobody is stranded in a tenant without contacts, whatever goes", () => {
  const h = new TenantHarness(german);
  h.available("anna");
  assert.deepEqual(
    stranded(h, (draft) => {
      withoutSales(draft);
      withoutGerman(draft);
      draft.agents = [];
    }),
    [],
  );
});

Deno.test("a deleted queue strands who waits in it, unless they are moved", () => {
  const h = new TenantHarness();
  h.queuedCaller("1");
  h.queuedCaller("1");
  h.queuedCaller("2");
  assert.deepEqual(stranded(h, withoutSales), ["queue_deleted queues/sales 2"]);
  assert.deepEqual(stranded(h, withoutSales, { moveTo: { sales: "support" } }), []);
  assert.deepEqual(stranded(h, withoutSales, { moveTo: { support: "sales" } }), [
    "queue_deleted queues/sales 2",
    "queue_deleted queues/support 1",
  ]);
});

Deno.test("a deleted queue strands who is with an agent from it, or may still be led there", () => {
  const connected = new TenantHarness();
  connected.available("anna");
  connected.connectedCaller("anna");
  assert.deepEqual(stranded(connected, withoutSales), ["queue_deleted queues/sales 1"]);
  const inMenu = new TenantHarness();
  callerInMenu(inMenu);
  assert.deepEqual(stranded(inMenu, withoutSales), ["queue_deleted queues/sales 1"]);
  assert.deepEqual(stranded(inMenu, withoutSales, { moveTo: { sales: "support" } }), []);
});

Deno.test("a queue that becomes digital strands its callers", () => {
  const h = new TenantHarness();
  h.queuedCaller("1");
  const digital = (draft: Draft) => {
    withoutSales(draft);
    draft.queues.push({
      ...{ id: "sales", name: "Sales", kind: "digital" },
      distribution: [{ afterSeconds: 0, teamIds: ["desk"] }],
    });
  };
  assert.deepEqual(stranded(h, digital), ["queue_kind_changed queues/sales 1"]);
  assert.deepEqual(stranded(h, digital, { moveTo: { sales: "support" } }), []);
});

Deno.test("a skill that goes strands who asks for it, unless they stop asking", () => {
  const h = new TenantHarness(german);
  h.available("anna");
  h.queuedCaller("1");
  assert.deepEqual(stranded(h, withoutGerman), ["skill_deleted skills/german 1"]);
  assert.deepEqual(stranded(h, withoutGerman, { dropRequirements: true }), []);
  const changed = (draft: Draft) => {
    withoutGerman(draft);
    draft.skills = [{ id: "german", name: "German", kind: "boolean" }];
  };
  assert.deepEqual(stranded(h, changed), ["skill_changed skills/german 1"]);
  assert.deepEqual(stranded(h, changed, { dropRequirements: true }), [
    "skill_changed skills/german 1",
  ]);
});

Deno.test("contacts without a team left are stranded, those who had none before are not", () => {
  const h = new TenantHarness();
  h.queuedCaller("1");
  const nobody = (draft: Draft) => draft.agents = [];
  assert.deepEqual(stranded(h, nobody), ["no_team_left queues/sales 1"]);
  assert.deepEqual(stranded(h, (draft) => draft.agents.splice(0, 2)), []);
  const empty = new TenantHarness(nobody);
  empty.queuedCaller("1");
  assert.deepEqual(stranded(empty, (draft) => draft.queues[0].name = "Sales again"), []);
  const elsewhere = (draft: Draft) => {
    draft.teams.push({ id: "empty", name: "Empty", siteId: "hq" });
    draft.queues[0].distribution = [{ afterSeconds: 0, teamIds: ["empty"] }];
  };
  assert.deepEqual(stranded(h, elsewhere), [], "teams that search go on searching");
  assert.deepEqual(
    stranded(h, (draft) => {
      elsewhere(draft);
      draft.agents.splice(0, 2);
    }),
    ["no_team_left queues/sales 1"],
  );
});

Deno.test("agents who have contacts, or are offered one, are neither deleted nor moved away", () => {
  const h = new TenantHarness();
  h.available("anna");
  h.connectedCaller("anna");
  h.available("ben");
  h.queuedCaller("2");
  const removed = (draft: Draft) => draft.agents = draft.agents.slice(2);
  assert.deepEqual(stranded(h, removed), [
    "agent_deleted agents/anna 1",
    "agent_deleted agents/ben 1",
  ]);
  assert.deepEqual(stranded(h, (draft) => draft.agents[0].teamIds = ["backup"]), [
    "agent_moved agents/anna 1",
  ]);
  assert.deepEqual(stranded(h, (draft) => draft.agents[0].teamIds.push("backup")), []);
});
