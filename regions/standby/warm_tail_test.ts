import assert from "node:assert/strict";
import { sql } from "kysely";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { connectCell } from "../database/cell_connections.ts";
import { cellTestDatabase } from "../testing/cell_test_database.ts";
import { emptyTestDatabase } from "../testing/empty_test_database.ts";
import { tenantsOn } from "../testing/tenants_on.ts";
import { hashState } from "../tenants/snapshot/hash_state.ts";
import { WarmTail } from "./warm_tail.ts";

const presence = (agentId: string) =>
  ({ type: "presence", agentId, edgeId: "edge", connected: true }) as const;

/** A cell's tenants, and a tail beside it on connections of its own. */
async function stage(snapshotEvery = 5_000) {
  const database = await cellTestDatabase();
  const cells = tenantsOn(database, { snapshotEvery });
  const connections = connectCell(database.url);
  const lines: { event: string }[] = [];
  const log = createLogger({ service: "test", write: (line) => lines.push(JSON.parse(line)) });
  const clock = { at: 0 };
  const tail = new WarmTail({ db: connections.db, log, clock: () => clock.at });
  return {
    ...{ database, cells, tail, clock, db: database.db },
    logged: () => lines.map((line) => line.event),
    async tenant() {
      const id = crypto.randomUUID();
      await cells.configure(id);
      return (await cells.registry.get(id))!;
    },
    async [Symbol.asyncDispose]() {
      await connections.close();
      await cells.close();
      await database.close();
    },
  };
}

Deno.test("WarmTail keeps every tenant's state level with the log, new tenants as well", async () => {
  await using on = await stage();
  const first = await on.tenant();
  assert.equal(on.tail.behindMs, null);
  assert.equal(await on.tail.catchUp(), true);
  const second = await on.tenant();
  for (const agentId of ["anna", "ben"]) {
    await first.submit(presence(agentId));
    await second.submit(presence(agentId));
  }
  assert.equal(await on.tail.catchUp(), true);
  assert.deepEqual([on.tail.tenants, on.tail.level, on.tail.behindMs], [2, true, 0]);
  const warm = await on.tail.take();
  for (const { ports, state } of [first, second]) {
    const { state: kept, head, from } = warm.get(ports.tenantId)!;
    assert.equal(hashState(kept), hashState(state));
    assert.deepEqual([head?.seq, head?.epoch, from], [state.seq, 1, 0]);
  }
});

Deno.test("WarmTail begins with the newest snapshot", async () => {
  await using on = await stage(1);
  const runner = await on.tenant();
  await runner.submit(presence("anna"));
  await on.cells.registry.saveSnapshots();
  await runner.submit(presence("ben"));
  await on.cells.registry.saveSnapshots();
  await on.db.deleteFrom("cell.events").where("seq", "=", "1").execute();
  await on.tail.catchUp();
  const { state, from } = (await on.tail.take()).get(runner.ports.tenantId)!;
  assert.equal(hashState(state), hashState(runner.state));
  assert.ok(from > 1);
});

Deno.test("WarmTail gives out no state whose last event the log does not have", async () => {
  await using on = await stage();
  const [moved, same] = [await on.tenant(), await on.tenant()];
  await moved.submit(presence("anna"));
  await on.tail.catchUp();
  // As on a server that was made anew from another one: somebody else wrote that event.
  await sql`update cell.events set epoch = 2 where tenant_id = ${moved.ports.tenantId}
    and seq = ${moved.state.seq}`.execute(on.db);
  assert.deepEqual([...(await on.tail.take()).keys()], [same.ports.tenantId]);
  assert.ok(on.logged().includes("standby.other-history"));
});

Deno.test("WarmTail drops one tenant that cannot be read, and tries it again later", async () => {
  await using on = await stage();
  const [broken, other] = [await on.tenant(), await on.tenant()];
  await on.tail.catchUp();
  await broken.submit(presence("anna"));
  await other.submit(presence("anna"));
  const { tenantId } = broken.ports;
  const [gap] = await on.db.selectFrom("cell.events").selectAll()
    .where("tenant_id", "=", tenantId).orderBy("seq", "desc").limit(1).execute();
  await sql`update cell.events set seq = seq + 1000 where tenant_id = ${tenantId}
    and seq = ${gap.seq}`.execute(on.db);
  await on.tail.catchUp(true);
  assert.deepEqual([on.tail.tenants, on.tail.failing], [1, 1]);
  await sql`update cell.events set seq = seq - 1000 where tenant_id = ${tenantId}
    and seq > 1000`.execute(on.db);
  await on.tail.catchUp(true);
  assert.equal(on.tail.failing, 1, "not at once");
  on.clock.at += 5_000;
  await on.tail.catchUp(true);
  assert.deepEqual([on.tail.tenants, on.tail.failing], [2, 0]);
  const { state } = (await on.tail.take()).get(tenantId)!;
  assert.equal(hashState(state), hashState(broken.state));
});

Deno.test("WarmTail waits for a database that is empty, or that a later program has migrated", async () => {
  await using empty = await emptyTestDatabase();
  const connections = connectCell(empty.url);
  const log = createLogger({ service: "test", write: () => {} });
  const none = new WarmTail({ db: connections.db, log, clock: () => 0 });
  assert.equal(await none.catchUp(), false);
  assert.equal(none.schema, "older");
  await connections.close();
  await using on = await stage();
  await on.tenant();
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(
    on.db,
  );
  assert.equal(await on.tail.catchUp(), false);
  assert.deepEqual([on.tail.schema, on.tail.tenants], ["newer", 0]);
  await sql`delete from kysely_migration where name = '9999-later'`.execute(on.db);
  assert.equal(await on.tail.catchUp(), true);
  assert.deepEqual([on.tail.schema, on.tail.tenants], ["same", 1]);
});
