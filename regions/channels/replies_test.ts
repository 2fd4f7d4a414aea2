import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import postgres from "postgres";
import { generateServiceKey } from "../../protocol/service_token/generate_service_key.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { cellApi } from "../api/cell_api.ts";
import { Cell } from "../cell/cell.ts";
import type { CellDatabase } from "../database/open_cell_database.ts";
import { serviceDouble } from "../testing/service_double.ts";
import { type TestCell, testCell } from "../testing/test_cell.ts";
import { OUTCOME_MS } from "./settle_unknown.ts";

/** What the provider does with the next request. */
type Answer = "ok" | "never" | 503;

/** A cell with a tenant whose provider is a real server; more cells can take the place of it. */
async function stage(first: Answer) {
  const answers = [first];
  const held: ServerResponse[] = [];
  const asked = Promise.withResolvers<void>();
  const provider = await serviceDouble((_, response) => {
    const answer = answers.shift() ?? "ok";
    if (answer === "never") held.push(response);
    else if (answer === 503) response.writeHead(503).end();
    else {
      const body = JSON.stringify({ messages: [{ id: `wamid.${provider.seen.length}` }] });
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    }
    asked.resolve();
  });
  const test = await testCell({ allow: new Set([provider.host]) });
  const edge = await generateServiceKey("edge:local", "edge");
  const { service, jwk } = edge.publicKey;
  await test.database.db.insertInto("cfg.service_keys").values({ kid: jwk.kid, service, jwk })
    .execute();
  const token = serviceTokenSigner(edge.privateKey, () => Date.now() + test.clock.ahead);
  const tenantId = await test.tenant((draft) => {
    for (const sender of draft.assetSenders) sender.apiBase = provider.url;
  });
  const { assetSenders: [{ assetId, phoneNumberId }] } =
    (await test.cell.tenants.get(tenantId))!.configuration.document;

  /** The edge hands in a webhook. */
  async function webhook(to: ReturnType<typeof cellApi>, value: object): Promise<void> {
    const metadata = { display_phone_number: "1", phone_number_id: phoneNumberId };
    const change = {
      field: "messages",
      value: { messaging_product: "whatsapp", metadata, ...value },
    };
    const object = "whatsapp_business_account";
    const response = await to.request("/internal/inbox", {
      method: "POST",
      headers: {
        authorization: `Bearer ${await token("cell:E39")}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        deliveries: [{
          ...{ deliveryId: crypto.randomUUID(), tenantId, assetId, channel: "whatsapp" },
          receivedAt: Date.now(),
          body: JSON.stringify({ object, entry: [{ id: "1", changes: [change] }] }),
        }],
      }),
    });
    assert.equal(response.status, 200, await response.text());
  }

  /** The one message that goes out, as it stands. */
  async function message(db = test.database.db) {
    return await db.selectFrom("cell.messages").selectAll()
      .where("tenant_id", "=", tenantId).where("direction", "=", "outbound")
      .executeTakeFirstOrThrow();
  }

  return {
    ...{ answers, asked: asked.promise, message, provider, test, tenantId, webhook },
    /** Answers what was not answered. */
    release() {
      const body = JSON.stringify({ messages: [{ id: "wamid.late" }] });
      for (const response of held.splice(0)) {
        response.writeHead(200, { "content-type": "application/json" }).end(body);
      }
    },
    /** A contact writes; the flow greets. */
    write: (app = test.app) =>
      webhook(app, {
        messages: [{
          from: "491511",
          id: "wamid.in",
          timestamp: "1",
          type: "text",
          text: { body: "Hi" },
        }],
      }),
    /** The provider tells what became of a message. */
    status: (app: ReturnType<typeof cellApi>, more: object) =>
      webhook(app, { statuses: [{ id: "wamid.9", timestamp: "1", status: "delivered", ...more }] }),
    async [Symbol.asyncDispose]() {
      for (const response of held) response.destroy();
      await provider.close();
      await test.close();
    },
  };
}

/** Takes the database away from a cell, as its death does, and starts another in its place. */
async function successor(test: TestCell) {
  const admin = postgres(test.database.url, { max: 1 });
  await admin`select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and pid <> pg_backend_pid()
    and database = (select oid from pg_database where datname = current_database())`;
  await admin.end();
  const database: CellDatabase = await test.database.another();
  const minute = Promise.withResolvers<() => void>();
  const { db, background, writers, owner, epoch } = database;
  const { timer } = test.cell.options;
  const cell = new Cell({
    ...{ ...test.cell.options, db, background, writers, owner, epoch },
    // The minute is over when the test says so.
    timer: (ms, run) => ms === OUTCOME_MS ? (minute.resolve(run), () => {}) : timer(ms, run),
  });
  await cell.start();
  return {
    ...{ app: cellApi(cell), cell, db },
    /** Lets the time pass within which a status is expected. */
    async pass(): Promise<void> {
      test.clock.ahead += OUTCOME_MS + 1;
      await (await minute.promise)();
    },
    async [Symbol.asyncDispose]() {
      await cell.close();
      await database.close();
    },
  };
}

const until = async (holds: () => Promise<boolean>) => {
  for (const end = performance.now() + 10_000; !await holds();) {
    assert.ok(performance.now() < end, "it did not come to that");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

Deno.test("a reply whose cell died before its answer came is not sent again, and fails in sight", async () => {
  await using s = await stage("never");
  await s.write();
  await s.asked;
  await using next = await successor(s.test);
  // What the dead cell left is taken up: the message is marked, so nothing is asked.
  await until(async () =>
    await next.db.selectFrom("cell.effects").select("id").where("tenant_id", "=", s.tenantId)
      .executeTakeFirst() === undefined
  );
  assert.equal((await s.message(next.db)).status, "pending");
  await next.pass();
  const { status, failure } = await s.message(next.db);
  assert.deepEqual([status, failure, s.provider.seen.length], ["failed", "outcome-unknown", 1]);
  // A status that comes after all is believed.
  await s.status(next.app, { biz_opaque_callback_data: (await s.message(next.db)).id });
  const told = await s.message(next.db);
  assert.deepEqual([told.status, told.failure, told.provider_message_id], [
    "delivered",
    null,
    "wamid.9",
  ]);
});

Deno.test("a reply whose cell died before its answer came is known by the provider's status", async () => {
  await using s = await stage("never");
  await s.write();
  await s.asked;
  const [{ body }] = s.provider.seen;
  await using next = await successor(s.test);
  const { biz_opaque_callback_data } = JSON.parse(body);
  await s.status(next.app, { status: "sent", biz_opaque_callback_data });
  await next.pass();
  assert.equal((await s.message(next.db)).status, "sent");
  // From now on the provider's own id will do.
  await s.status(next.app, { status: "read" });
  assert.equal((await s.message(next.db)).status, "read");
  assert.equal(s.provider.seen.length, 1);
});

Deno.test("a status that comes before the answer to the request counts", async () => {
  await using s = await stage("never");
  await s.write();
  await s.asked;
  const { id, status } = await s.message();
  assert.equal(status, "pending");
  await s.status(s.test.app, { biz_opaque_callback_data: id });
  assert.equal((await s.message()).status, "delivered");
});

Deno.test("a status of somebody else's message, or of an incoming one, changes nothing", async () => {
  await using s = await stage("ok");
  await s.write();
  await until(async () => (await s.message()).status === "sent");
  const incoming = await s.test.database.db.selectFrom("cell.messages").select("id")
    .where("direction", "=", "inbound").executeTakeFirstOrThrow();
  for (const echo of [crypto.randomUUID(), incoming.id, "campaign"]) {
    await s.status(s.test.app, { status: "failed", biz_opaque_callback_data: echo });
  }
  const all = await s.test.database.db.selectFrom("cell.messages").select("status")
    .where("tenant_id", "=", s.tenantId).orderBy("status").execute();
  assert.deepEqual(all.map(({ status }) => status), ["received", "sent"]);
});

Deno.test("a provider that says that it cannot now is asked again", async () => {
  await using s = await stage(503);
  await s.write();
  await until(async () => (await s.message()).status === "sent");
  assert.equal(s.provider.seen.length, 2);
  assert.notEqual((await s.message()).sending_at, null);
});

Deno.test("a cell that hands over hears first what became of a reply half way out", async () => {
  await using s = await stage("never");
  await s.write();
  await s.asked;
  const drained = s.test.cell.drain(60_000);
  assert.equal(s.test.cell.draining, false);
  s.release();
  await drained;
  assert.equal(s.test.cell.draining, true);
  assert.equal((await s.message()).status, "sent");
});
