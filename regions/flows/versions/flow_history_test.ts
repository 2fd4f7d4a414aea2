import assert from "node:assert/strict";
import { CELL_MIGRATIONS } from "../../database/cell_schema.ts";
import { cellTestDatabase } from "../../testing/cell_test_database.ts";
import { EXAMPLE } from "../../testing/tenant_harness.ts";
import { FlowDrafts } from "./flow_drafts.ts";
import { FlowHistory } from "./flow_history.ts";
import { forgetVersions, keepVersions } from "./keep_versions.ts";

const [flow] = EXAMPLE.flows;

Deno.test("flows that were there before are their first versions", async () => {
  const { db, writers: { region: writer }, close } = await cellTestDatabase();
  const tenantId = crypto.randomUUID();
  try {
    await writer.unsafe(`drop table cell.flow_drafts, cell.flow_history`);
    await writer`insert into cell.configurations (tenant_id, flow_versions, revision)
      values (${tenantId}, ${JSON.stringify({ welcome: "hash" })}::text::jsonb, 7)`;
    await writer`insert into cell.flow_versions (tenant_id, version, document)
      values (${tenantId}, 'hash', ${JSON.stringify(flow)}::text::jsonb)`;
    await writer`insert into cell.entities (tenant_id, kind, id, body, version, updated_at)
      values (${tenantId}, 'flows', 'welcome', ${JSON.stringify(flow)}::text::jsonb, 5, 1000)`;
    for (const statement of CELL_MIGRATIONS["0009-flow-history"]) await writer.unsafe(statement);
    const history = new FlowHistory(db, tenantId);
    const { version, document } = await history.find("welcome", 1);
    assert.deepEqual(version, {
      ...{ flowId: "welcome", number: 1, hash: "hash", revision: 5, author: null },
      ...{ comment: "", at: 1000 },
    });
    assert.deepEqual(document, flow);
  } finally {
    await close();
  }
});

Deno.test("versions count on, and those of a change that was taken back never were", async () => {
  const { db, close } = await cellTestDatabase();
  const tenantId = crypto.randomUUID();
  const history = new FlowHistory(db, tenantId);
  const change = (base: number, action: "create" | "update" | "delete") => ({
    ...{ tenantId, base, by: "anna", comment: `${base}`, at: base },
    changes: [{ action, kind: "flows" as const, id: "welcome" }],
    flowVersions: new Map([["welcome", `hash-${base}`]]),
  });
  const keep = (it: ReturnType<typeof change>) =>
    db.transaction().execute((tx) => keepVersions(tx, it));
  const listed = async () =>
    (await history.list("welcome", 10)).map(({ number, revision }) => [number, revision]);
  try {
    await keep(change(0, "create"));
    await keep(change(1, "update"));
    await keep(change(2, "delete"));
    assert.deepEqual(await listed(), [[2, 2], [1, 1]]);
    await db.transaction().execute((tx) => forgetVersions(tx, tenantId, 2));
    assert.deepEqual(await listed(), [[1, 1]]);
    await keep(change(3, "create"));
    assert.deepEqual(await listed(), [[2, 4], [1, 1]]);
    assert.deepEqual(await new FlowHistory(db, crypto.randomUUID()).list("welcome", 10), []);
    assert.equal((await history.atRevision("welcome", 4))?.number, 2);
  } finally {
    await close();
  }
});

Deno.test("drafts are kept all or none, replaced by their tag, and bounded", async () => {
  const { db, writers: { region: writer }, close } = await cellTestDatabase();
  const tenantId = crypto.randomUUID();
  const drafts = new FlowDrafts(db, tenantId);
  const write = (id: string, tag: string) => ({
    ...{ document: { ...flow, id }, tag, author: "anna", at: 5 },
  });
  try {
    await drafts.add([write("b", "1"), write("a", "2")]);
    await assert.rejects(drafts.add([write("c", "3"), write("a", "4")]), { code: "conflict" });
    assert.deepEqual((await drafts.list()).map(({ id }) => id), ["a", "b"]);
    await drafts.add([write("a", "5")], true);
    await assert.rejects(drafts.replace("2", write("a", "6")), { code: "precondition_failed" });
    await drafts.replace("5", write("a", "6"));
    assert.equal((await drafts.find("a"))?.tag, "6");
    assert.equal(await drafts.remove("a", "5"), false);
    assert.equal(await drafts.remove("a", "6"), true);
    assert.equal(await drafts.find("a"), undefined);
    await writer`insert into cell.flow_drafts
      select ${tenantId}, 'x' || n, 't', '{}', 'anna', 0 from generate_series(1, 999) n`;
    await assert.rejects(drafts.add([write("z", "7")]), { code: "conflict" });
    assert.equal(await drafts.find("z"), undefined);
  } finally {
    await close();
  }
});
