import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { EXAMPLE } from "../testing/tenant_harness.ts";
import { randomConfiguration } from "../testing/random_configuration.ts";
import { indexConfiguration } from "./configuration_index.ts";
import { diffEntities } from "./diff_entities.ts";
import { entityMaps } from "./entity_maps.ts";
import { exportConfiguration } from "./export_configuration.ts";
import { findProblems } from "./find_problems.ts";
import { nextConfiguration } from "./next_configuration.ts";

Deno.test("exportConfiguration() gives back the same configuration, from JSON and from YAML", () => {
  fc.assert(fc.property(randomConfiguration, (document) => {
    assert.deepEqual(findProblems(document), []);
    const exported = exportConfiguration(document);
    assert.deepEqual(TenantConfiguration.parse(JSON.parse(JSON.stringify(exported))), document);
    assert.deepEqual(TenantConfiguration.parse(parse(stringify(exported))), document);
  }));
});

Deno.test("diffEntities() of a document and its export is empty, and else makes one of the other", () => {
  fc.assert(fc.property(randomConfiguration, randomConfiguration, (one, other) => {
    const again = TenantConfiguration.parse(exportConfiguration(one));
    assert.deepEqual(diffEntities(entityMaps(one), entityMaps(again)), []);
    const made = new Map(
      [...entityMaps(one)].map(([kind, entities]) => [kind, new Map(entities)]),
    );
    for (const { kind, id, after } of diffEntities(entityMaps(one), entityMaps(other))) {
      if (after) made.get(kind)!.set(id, after);
      else assert.ok(made.get(kind)!.delete(id));
    }
    assert.deepEqual(diffEntities(made, entityMaps(other)), []);
  }));
});

Deno.test("diffEntities() makes what is referred to first and deletes it last", () => {
  const none = entityMaps({ ...EXAMPLE, sites: [], teams: [], agents: [], queues: [], flows: [] });
  const kinds = (from: typeof none, to: typeof none) => [
    ...new Set(diffEntities(from, to).map(({ action, kind }) => `${action} ${kind}`)),
  ];
  assert.deepEqual(kinds(none, entityMaps(EXAMPLE)), [
    "create sites",
    "create teams",
    "create agents",
    "create queues",
    "create flows",
  ]);
  assert.deepEqual(kinds(entityMaps(EXAMPLE), none), [
    "delete flows",
    "delete queues",
    "delete agents",
    "delete teams",
    "delete sites",
  ]);
});

Deno.test("exportConfiguration() leaves out defaults, and orders what has no order", () => {
  const none = indexConfiguration(EXAMPLE, new Map(), new Map());
  const { index: { document } } = nextConfiguration(none, EXAMPLE, [], null);
  const text = stringify(exportConfiguration(document));
  assert.match(text, /^sites:\n {2}- id: hq\n {4}name: Headquarters\nteams:\n {2}- id: backup\n/);
  assert.match(text, /queues:\n {2}- id: messages\n {4}name: Messages\n {4}kind: digital\n/);
  assert.doesNotMatch(text, /relativePriority|offerSeconds|settings|skills|redirects/);
});
