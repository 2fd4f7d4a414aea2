import assert from "node:assert/strict";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { type Draft, EXAMPLE } from "../testing/tenant_harness.ts";
import { type ConfigurationIndex, indexConfiguration } from "./configuration_index.ts";
import { diffEntities } from "./diff_entities.ts";
import { entityMaps } from "./entity_maps.ts";
import { newProblems } from "./new_problems.ts";
import { nextConfiguration } from "./next_configuration.ts";

const FIRST = next(
  indexConfiguration(
    TenantConfiguration.parse({
      ...{ sites: [], teams: [], agents: [], queues: [], flows: [], entryPoints: [] },
      ...{ idleCodes: [], wrapUpCodes: [] },
    }),
    new Map(),
    new Map(),
  ),
  (draft) => Object.assign(draft, structuredClone(EXAMPLE)),
);

function next(
  before: ConfigurationIndex,
  change: (draft: Draft) => void,
  moveTo: Record<string, string> = {},
): ConfigurationIndex {
  const draft: Draft = structuredClone(before.document);
  change(draft);
  const document = TenantConfiguration.parse(draft);
  const changes = diffEntities(entityMaps(before.document), entityMaps(document));
  return nextConfiguration(before, document, changes, { moveTo, dropRequirements: false }).index;
}

/** Takes a queue out, and what refers to it. */
function without(queueId: string, instead: string) {
  return (draft: Draft) => {
    draft.queues = draft.queues.filter((queue: { id: string }) => queue.id !== queueId);
    for (const flow of draft.flows) {
      for (const activity of Object.values<{ queueId?: string }>(flow.activities)) {
        if (activity.queueId === queueId) activity.queueId = instead;
      }
    }
  };
}

function queueIn(configuration: ConfigurationIndex, version: string, activityId: string) {
  const activity = configuration.flows.get(version)!.activities[activityId];
  return "queueId" in activity ? activity.queueId : undefined;
}

Deno.test("a change raises the revision, and the versions of what it changes only", () => {
  const after = next(FIRST, (draft) => {
    draft.sites[0].name = "Other";
    draft.wrapUpCodes = [];
  });
  assert.equal(after.stored.revision, 2);
  assert.equal(after.stored.versions.get("sites/hq"), 2);
  assert.equal(after.stored.versions.get("queues/sales"), 1);
  assert.equal(after.stored.versions.has("wrap-up-codes/resolved"), false);
});

Deno.test("a flow has a version of its content: the same again when it is changed back", () => {
  const version = FIRST.flowVersions.get("greet")!;
  const changed = next(FIRST, (draft) => {
    const greet = draft.flows.find((flow: { id: string }) => flow.id === "greet");
    greet.name = "Other";
  });
  assert.notEqual(changed.flowVersions.get("greet"), version);
  assert.equal(changed.flowVersions.get("welcome"), FIRST.flowVersions.get("welcome"));
  assert.ok(changed.flows.has(version), "instances go on with it");
  const back = next(changed, (draft) => Object.assign(draft, structuredClone(FIRST.document)));
  assert.equal(back.flowVersions.get("greet"), version);
});

Deno.test("older flows lead to the queues that took over, also by way of several", () => {
  const version = FIRST.flowVersions.get("welcome")!;
  const third = next(
    FIRST,
    (draft) =>
      draft.queues.push({
        ...draft.queues.find((q: { id: string }) => q.id === "sales"),
        id: "third",
      }),
  );
  const one = next(third, without("sales", "support"), { sales: "support" });
  assert.equal(queueIn(one, version, "sales"), "support");
  const two = next(one, without("support", "third"), { support: "third" });
  assert.deepEqual(two.stored.redirects, { sales: "third", support: "third" });
  assert.equal(queueIn(two, version, "sales"), "third");
  assert.equal(queueIn(two, version, "support"), "third");
  const again = next(two, (draft) => draft.queues.push({ ...draft.queues[0], id: "sales" }));
  assert.deepEqual(again.stored.redirects, { support: "third" });
});

Deno.test("older flows no longer ask for skills that are gone", () => {
  const asking = next(FIRST, (draft) => {
    draft.skills = [{ id: "german", name: "German", kind: "boolean" }];
    draft.flows.find((flow: { id: string }) => flow.id === "welcome").activities.sales = {
      ...{ type: "queue", queueId: "sales", requirements: [{ skillId: "german", is: true }] },
      relaxation: [{ afterSeconds: 5, requirements: [{ skillId: "german", is: true }] }],
    };
  });
  const version = asking.flowVersions.get("welcome")!;
  const after = next(asking, (draft) => Object.assign(draft, structuredClone(FIRST.document)));
  const { sales } = after.flows.get(version)!.activities;
  assert.ok(sales.type === "queue");
  assert.deepEqual(sales.requirements, []);
  assert.deepEqual(sales.relaxation, [{ afterSeconds: 5, requirements: [] }]);
});

Deno.test("newProblems() passes over what was wrong before, wherever it moved", () => {
  const old = structuredClone(EXAMPLE);
  old.queues[1].overflowQueueId = "gone";
  const now = structuredClone(old);
  now.queues.shift();
  now.flows[0].activities.sales = { ...now.flows[0].activities.support };
  assert.deepEqual(newProblems(old, now), []);
  now.queues[1].overflowQueueId = "nowhere";
  assert.deepEqual(newProblems(old, now).map(({ path }) => path), ["queues.1.overflowQueueId"]);
});
