import assert from "node:assert/strict";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { loadConfiguration } from "../configuration/load_configuration.ts";
import { cellTestDatabase } from "../testing/cell_test_database.ts";
import { EXAMPLE } from "../testing/tenant_harness.ts";
import { CELL_MIGRATIONS } from "./cell_schema.ts";

Deno.test("documents that were stored whole become entities, with their flow versions", async () => {
  const { db, writers: { region: writer }, close } = await cellTestDatabase();
  const tenantId = crypto.randomUUID();
  try {
    // Back to how documents were stored.
    await writer.unsafe(`drop table cell.entities`);
    await writer.unsafe(`alter table cell.configurations
      drop column revision, drop column resolution, drop column redirects,
      add column document jsonb not null`);
    // An early document lacks what came later.
    const { skills: _, businessHours: __, ...early } = EXAMPLE;
    const versions = { welcome: "welcome-v1", greet: "greet-v1" };
    await writer`insert into cell.configurations (tenant_id, document, flow_versions)
      values (${tenantId}, ${JSON.stringify(early)}::text::jsonb,
        ${JSON.stringify(versions)}::text::jsonb)`;
    for (const statement of CELL_MIGRATIONS["0003-entities"]) await writer.unsafe(statement);

    const loaded = (await loadConfiguration(db, tenantId))!;
    const byId = (a: { id: string }, b: { id: string }) => a.id < b.id ? -1 : 1;
    const sorted: TenantConfiguration = {
      ...EXAMPLE,
      teams: EXAMPLE.teams.toSorted(byId),
      queues: EXAMPLE.queues.toSorted(byId),
      flows: EXAMPLE.flows.toSorted(byId),
      entryPoints: EXAMPLE.entryPoints.toSorted(byId),
    };
    assert.deepEqual(loaded.document, sorted);
    assert.deepEqual(Object.fromEntries(loaded.flowVersions), versions);
    assert.equal(loaded.stored.revision, 1);
    assert.equal(loaded.stored.versions.get("queues/sales"), 1);
    assert.equal(loaded.stored.versions.get("settings/settings"), 1);
  } finally {
    await close();
  }
});
