import assert from "node:assert/strict";
import { sql as raw } from "kysely";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { readLog } from "../log/read_log.ts";
import { tidyLog } from "../log/tidy_log.ts";
import { cellTestDatabase } from "../testing/cell_test_database.ts";
import { driveTenant } from "../testing/drive_tenant.ts";
import { tenantsOn, type TenantsOnOptions } from "../testing/tenants_on.ts";
import { replay } from "./replay.ts";
import { hashState } from "./snapshot/hash_state.ts";
import { emptyTenantState } from "./tenant_state.ts";

const newId = uuidV7();
const DAY = 86_400_000;

Deno.test("tenants on PostgreSQL", async (t) => {
  const cell = await cellTestDatabase();
  const { db } = cell;

  /** A tenant with so many commands behind it, and its cell closed again. */
  async function used(commands: number, options: TenantsOnOptions = {}): Promise<string> {
    const tenantId = newId();
    const cells = tenantsOn(cell, options);
    await cells.configure(tenantId);
    await driveTenant((await cells.registry.get(tenantId))!, commands, commands);
    await cells.close();
    return tenantId;
  }
  async function reopened(tenantId: string) {
    const cells = tenantsOn(cell);
    const { state } = (await cells.registry.get(tenantId))!;
    await cells.close();
    return { hash: hashState(state), logged: cells.logged() };
  }
  async function scratch(tenantId: string): Promise<string> {
    return hashState(await replay(emptyTenantState(), readLog(db, tenantId)));
  }
  async function snapshots(tenantId: string) {
    const rows = await db.selectFrom("cell.snapshots").select(["seq", "verdict"])
      .where("tenant_id", "=", tenantId).orderBy("seq").execute();
    return rows.map((row) => ({ seq: Number(row.seq), verdict: row.verdict }));
  }
  function ports(now = Date.now()) {
    const lines: string[] = [];
    const log = createLogger({ service: "test", write: (line) => lines.push(line) });
    const counters = new Counters();
    const timer = (ms: number, run: () => void) => setTimeout(run, ms);
    return { db, log, counters, timer, logDays: 30, traceDays: 7, now: () => now, lines };
  }
  const never = new AbortController().signal;

  await t.step("are made of their newest snapshot and the log behind it", async () => {
    const tenantId = await used(400, { snapshotEvery: 100 });
    const kept = await snapshots(tenantId);
    assert.equal(kept.length, 3, "older ones are forgotten");
    await db.deleteFrom("cell.snapshots").where("tenant_id", "=", tenantId)
      .where("seq", "=", String(kept[2].seq)).execute();
    await raw`delete from cell.events where tenant_id = ${tenantId} and seq < ${kept[1].seq}`
      .execute(db);
    const { hash } = await reopened(tenantId);
    assert.match(hash, /^[0-9a-f]{64}$/);
    await assert.rejects(scratch(tenantId), /lacks event 1/);
  });

  await t.step("pass over a snapshot whose content is broken", async () => {
    const tenantId = await used(300, { snapshotEvery: 100 });
    const whole = await scratch(tenantId);
    assert.deepEqual(await reopened(tenantId), { hash: whole, logged: [] });
    const newest = (await snapshots(tenantId)).at(-1)!;
    await raw`update cell.snapshots set facts = (facts::jsonb || '{"agents":[]}')::json
      where tenant_id = ${tenantId} and seq = ${newest.seq}`.execute(db);
    assert.deepEqual(await reopened(tenantId), { hash: whole, logged: ["snapshot.broken"] });
    await raw`update cell.snapshots set facts = '[]', version = 99
      where tenant_id = ${tenantId}`.execute(db);
    const { hash, logged } = await reopened(tenantId);
    assert.equal(hash, whole);
    assert.ok(logged.length > 1, "back to the whole log");
  });

  await t.step(
    "are truncated behind two verified snapshots and after the days to keep",
    async () => {
      const tenantId = await used(300, { snapshotEvery: 100 });
      const whole = await scratch(tenantId);
      const { now, ...rest } = ports();
      await tidyLog({ ...rest, now }, never);
      const kept = await snapshots(tenantId);
      assert.ok(kept.every(({ verdict }) => verdict === "verified"));
      assert.equal(await scratch(tenantId), whole, "nothing is old enough");
      await tidyLog({ ...rest, now: () => now() + 31 * DAY }, never);
      const [{ first }] = await cell.writers.region`
      select min(seq)::int as first from cell.events where tenant_id = ${tenantId}`;
      assert.equal(first, kept.at(-2)!.seq + 1);
      assert.equal((await reopened(tenantId)).hash, whole);
      // The newest one may be lost: the one before it and the log make the same state.
      await db.deleteFrom("cell.snapshots").where("tenant_id", "=", tenantId)
        .where("seq", "=", String(kept.at(-1)!.seq)).execute();
      assert.equal((await reopened(tenantId)).hash, whole);
    },
  );

  await t.step("keep their log when a replay contradicts a snapshot", async () => {
    const tenantId = await used(300, { snapshotEvery: 100 });
    const whole = await scratch(tenantId);
    const newest = (await snapshots(tenantId)).at(-1)!;
    await raw`update cell.snapshots set (facts, hash) = (
        select facts, hash from cell.snapshots
        where tenant_id = ${tenantId} order by seq limit 1)
      where tenant_id = ${tenantId} and seq = ${newest.seq}`.execute(db);
    const later = ports(Date.now() + 31 * DAY);
    await tidyLog(later, never);
    assert.equal((await snapshots(tenantId)).at(-1)!.verdict, "mismatched");
    assert.equal(later.counters.get("antiphon_snapshot_mismatches_total"), 1);
    assert.ok(later.lines.some((line) => line.includes('"error"') && line.includes("mismatch")));
    assert.equal(await scratch(tenantId), whole, "nothing was deleted");
    assert.deepEqual(await reopened(tenantId), { hash: whole, logged: [] });
  });

  await t.step(
    "answer unavailable one by one while they cannot be read, and come back",
    async () => {
      const [good, broken] = [await used(50), await used(50)];
      await db.deleteFrom("cell.snapshots").execute();
      await raw`update cell.events set body = jsonb_set(body, '{type}', '"odd"')
      where tenant_id = ${broken} and seq = 5`.execute(db);
      const cells = tenantsOn(cell);
      assert.ok(await cells.registry.get(good));
      for (let again = 0; again < 2; again++) {
        await assert.rejects(cells.registry.get(broken), {
          code: "unavailable",
          message: /cannot be read at present: Event 5 of the log, odd/,
        });
      }
      assert.deepEqual(cells.registry.failing, [broken]);
      assert.deepEqual(cells.logged(), ["tenant.failed"]);
      await raw`delete from cell.events where tenant_id = ${broken}`.execute(db);
      await cells.registry.reconfigure(broken);
      assert.equal((await cells.registry.get(broken))!.state.seq, 0);
      assert.deepEqual(cells.registry.failing, []);
      await cells.close();
    },
  );

  await t.step("carry a repeated command out once, also after a restart", async () => {
    const tenantId = await used(0);
    const commandId = crypto.randomUUID();
    const online = {
      type: "presence",
      agentId: "anna",
      edgeId: "local",
      connected: true,
    } as const;
    const first = tenantsOn(cell);
    const runner = (await first.registry.get(tenantId))!;
    await runner.submitOnce(commandId, online);
    await runner.submit({ ...online, connected: false });
    await first.close();
    const second = tenantsOn(cell);
    const again = (await second.registry.get(tenantId))!;
    await again.submitOnce(commandId, online);
    assert.equal(again.state.seq, 2);
    assert.equal(again.state.agents.size, 0);
    await second.close();
  });

  await t.step("end the process when a later epoch has written", async () => {
    const tenantId = await used(20);
    await raw`update cell.events set epoch = epoch + 1 where tenant_id = ${tenantId}`.execute(db);
    await db.deleteFrom("cell.snapshots").where("tenant_id", "=", tenantId).execute();
    const cells = tenantsOn(cell);
    await assert.rejects(cells.registry.get(tenantId), { code: "stale_epoch" });
    await cells.lost;
    await cells.close();
  });

  await t.step("end the process when another one has written behind its back", async () => {
    const tenantId = await used(20);
    const cells = tenantsOn(cell);
    const runner = (await cells.registry.get(tenantId))!;
    await raw`insert into cell.events (tenant_id, seq, epoch, at, body)
      values (${tenantId}, ${runner.state.seq + 1}, ${cell.epoch + 1}, 1,
        '{"type":"agent.disconnected","agentId":"anna"}')`.execute(db);
    const presence = { type: "presence", agentId: "zoe", edgeId: "local" } as const;
    const online = runner.submit({ ...presence, agentId: "ben", connected: false });
    await Promise.allSettled([online, driveTenant(runner, 1, 20)]);
    await cells.lost;
    await cells.close();
  });

  await cell.close();
});
