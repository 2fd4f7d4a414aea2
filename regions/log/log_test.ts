import assert from "node:assert/strict";
import { sql as raw } from "kysely";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import type { Effect } from "../effects/effect.ts";
import { cellTestDatabase } from "../testing/cell_test_database.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";
import { TenantEvent } from "../tenants/tenant_event.ts";
import type { CommitUnit } from "./commit_unit.ts";
import { readLog } from "./read_log.ts";
import { writeUnits } from "./write_units.ts";

const newId = uuidV7();
const online = TenantEvent.parse({
  type: "agent.connected",
  agentId: "anna",
  name: "Anna",
  edgeId: "local",
});
const effect = {
  to: "desktop",
  agentId: "anna",
  edgeId: "local",
  event: { type: "test" },
} as unknown as Effect;

function unit(tenantId: string, firstSeq: number, more: Partial<CommitUnit> = {}): CommitUnit {
  const events = more.events ?? [online];
  return {
    tenantId,
    firstSeq,
    at: 7,
    effects: [],
    messages: [],
    ended: [],
    traces: [],
    ...more,
    events,
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  return await Array.fromAsync(items);
}

Deno.test("the log on PostgreSQL", async (t) => {
  const cell = await cellTestDatabase();
  const { db, writers: { region: sql }, owner } = cell;

  await t.step("keeps all that a unit leaves behind, in order", async () => {
    const [tenantId, messageId, interactionId] = [newId(), newId(), newId()];
    const received = TenantEvent.parse({
      type: "message.received",
      interactionId,
      messageId,
      providerMessageId: "wamid.1",
      idleUntil: 9,
    });
    const message = {
      id: messageId,
      interactionId,
      direction: "in",
      author: "contact",
      text: "Grüße 🙂 \" \\ 'x'",
      at: 5,
      status: "pending",
      failure: null,
    } as unknown as CommitUnit["messages"][number];
    const ids = Array.from({ length: 20 }, (_, i) => `${tenantId}:1:${i}`);
    await writeUnits(sql, owner, [
      unit(tenantId, 1, {
        events: [online, received],
        messages: [message],
        effects: ids.map((id) => ({ id, effect })),
        popPosition: { popId: "FRA", bootId: interactionId, seq: 4, link: { broken: false } },
        commandId: "c1",
      }),
      unit(tenantId, 3, {
        popPosition: { popId: "FRA", bootId: interactionId, seq: 5, link: { broken: false } },
      }),
    ], []);
    const log = await collect(readLog(db, tenantId));
    assert.deepEqual(log.map((l) => [l.seq, l.at, l.event.type]), [
      [1, 7, "agent.connected"],
      [2, 7, "message.received"],
      [3, 7, "agent.connected"],
    ]);
    const stored = await db.selectFrom("cell.messages").selectAll()
      .where("id", "=", messageId).executeTakeFirstOrThrow();
    assert.deepEqual([stored.text, stored.provider_message_id], [message.text, "wamid.1"]);
    const effects = await db.selectFrom("cell.effects").select(["id", "body"])
      .where("tenant_id", "=", tenantId).orderBy("position").execute();
    assert.deepEqual(effects.map((row) => row.id), ids);
    assert.deepEqual(effects[0].body, effect);
    const position = await db.selectFrom("cell.pop_positions").select("last_seq")
      .where("boot_id", "=", interactionId).executeTakeFirstOrThrow();
    assert.equal(Number(position.last_seq), 5);
    await writeUnits(sql, owner, [], ids);
    const left = await db.selectFrom("cell.effects").select("id")
      .where("tenant_id", "=", tenantId).execute();
    assert.deepEqual(left, []);
  });

  await t.step("moves a message's status forward only, also within one transaction", async () => {
    const [tenantId, messageId, interactionId] = [newId(), newId(), newId()];
    const message = {
      id: messageId,
      interactionId,
      direction: "out",
      author: "agent",
      text: "x",
      at: 5,
      status: "pending",
      failure: null,
    } as unknown as CommitUnit["messages"][number];
    let seq = 1;
    const to = (status: "sent" | "delivered" | "read", providerMessageId: string | null = null) =>
      unit(tenantId, seq++, {
        events: [{
          type: "message.status-changed",
          interactionId,
          messageId,
          status,
          providerMessageId,
          failure: null,
        }],
      });
    const status = async () => {
      const row = await db.selectFrom("cell.messages").select(["status", "provider_message_id"])
        .where("id", "=", messageId).executeTakeFirstOrThrow();
      return [row.status, row.provider_message_id];
    };
    await writeUnits(sql, owner, [
      unit(tenantId, seq++, { messages: [message] }),
      to("sent", "wamid.9"),
    ], []);
    assert.deepEqual(await status(), ["sent", "wamid.9"]);
    await writeUnits(sql, owner, [to("read"), to("delivered")], []);
    assert.deepEqual(await status(), ["read", "wamid.9"]);
    await writeUnits(sql, owner, [to("sent", "wamid.10")], []);
    assert.deepEqual(await status(), ["read", "wamid.9"]);
  });

  await t.step("is refused whole when one part of it cannot be stored", async () => {
    const [good, bad] = [newId(), newId()];
    const nul = { ...online, name: "\u0000" };
    await assert.rejects(
      writeUnits(sql, owner, [unit(good, 1), unit(bad, 1, { events: [nul] })], []),
      { code: "22P05" },
    );
    assert.deepEqual(await collect(readLog(db, good)), []);
    await writeUnits(sql, owner, [unit(good, 1)], []);
    assert.equal((await collect(readLog(db, good))).length, 1);
  });

  await t.step("ends the process whose sequence number another one took", async () => {
    const tenantId = newId();
    await writeUnits(sql, owner, [unit(tenantId, 1)], []);
    await assert.rejects(writeUnits(sql, owner, [unit(tenantId, 1)], []), { code: "stale_epoch" });
  });

  await t.step(
    "is not read over a gap, nor past what cannot be read, nor when another's",
    async () => {
      const tenantId = newId();
      await writeUnits(sql, owner, [unit(tenantId, 1), unit(tenantId, 2), unit(tenantId, 3)], []);
      const part = await collect(readLog(db, tenantId, { after: 1, until: 2, page: 1 }));
      assert.deepEqual(part.map((l) => l.seq), [2]);
      const of = (seq: number) => raw`tenant_id = ${tenantId} and seq = ${seq}`;
      await raw`update cell.events set epoch = ${cell.epoch + 1} where ${of(3)}`.execute(db);
      await assert.rejects(collect(readLog(db, tenantId, { epoch: cell.epoch })), {
        code: "stale_epoch",
      });
      await raw`update cell.events set epoch = ${cell.epoch}, version = 99 where ${of(3)}`
        .execute(db);
      await assert.rejects(collect(readLog(db, tenantId)), /version 99/);
      await raw`update cell.events set version = 1, body = '{"type":"agent.connected"}'
      where ${of(3)}`.execute(db);
      await assert.rejects(collect(readLog(db, tenantId)), /Event 3 .* "agentId"/);
      await raw`delete from cell.events where ${of(2)}`.execute(db);
      await assert.rejects(collect(readLog(db, tenantId)), /lacks event 2/);
    },
  );

  await t.step("keeps the first place of a command whose id comes again much later", async () => {
    const tenantId = newId();
    const units = [1, 2].map((seq) => unit(tenantId, seq, { commandId: "same" }));
    for (const one of units) await writeUnits(sql, owner, [one], []);
    const known = await db.selectFrom("cell.commands").select("seq")
      .where("tenant_id", "=", tenantId).execute();
    assert.deepEqual(known.map((row) => Number(row.seq)), [1]);
  });

  await t.step("is read in pages until it is told to stop", async () => {
    const stop = new AbortController();
    const tenantId = newId();
    await writeUnits(sql, owner, [1, 2, 3].map((seq) => unit(tenantId, seq)), []);
    const seen: number[] = [];
    await assert.rejects(async () => {
      for await (const { seq } of readLog(db, tenantId, { page: 1, signal: stop.signal })) {
        seen.push(seq!);
        if (seq === 2) stop.abort();
      }
    }, { name: "AbortError" });
    assert.deepEqual(seen, [1, 2]);
  });

  await t.step("can be written by its last owner only", async () => {
    const tenantId = newId();
    await writeUnits(sql, owner, [unit(tenantId, 1)], []);
    // As if the session lock had gone with a connection that this process does not miss yet.
    const [{ pid }] = await sql`
      select pid from pg_locks where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`;
    await sql`select pg_terminate_backend(${pid})`;
    await cell.lost;
    const next = await cell.another();
    await assert.rejects(writeUnits(sql, owner, [unit(tenantId, 2)], []), { code: "stale_epoch" });
    await assert.rejects(writeUnits(sql, owner, [], ["an effect"]), { code: "stale_epoch" });
    await writeUnits(next.writers.region, next.owner, [unit(tenantId, 2)], []);
    assert.equal((await collect(readLog(db, tenantId))).length, 2);
    await raw`update cell.owner set epoch = epoch + 1`.execute(db);
    await next.close();
    await assert.rejects(cell.another(), { code: "stale_epoch" });
  });

  await cell.close();
});

Deno.test("the harness's log goes through PostgreSQL unchanged", async () => {
  const cell = await cellTestDatabase();
  const h = new TenantHarness();
  h.available("anna");
  h.connectedCaller();
  h.message("491", "Hi");
  const tenantId = newId();
  let seq = 1;
  const units = h.log.map(({ at, event }) => unit(tenantId, seq++, { at, events: [event] }));
  await writeUnits(cell.writers.region, cell.owner, units, []);
  const log = await collect(readLog(cell.db, tenantId));
  assert.deepEqual(log.map(({ at, event }) => ({ at, event })), h.log);
  await cell.close();
});
