import assert from "node:assert/strict";
import { testCell } from "../testing/test_cell.ts";
import { takeWebhooks } from "./take_webhooks.ts";

/** A cell with a tenant that takes webhooks. */
async function stage() {
  const test = await testCell();
  const tenantId = await test.tenant();
  const runner = (await test.cell.tenants.get(tenantId))!;
  const { assetSenders: [{ assetId, phoneNumberId }] } = runner.configuration.document;
  const metadata = { display_phone_number: "1", phone_number_id: phoneNumberId };
  const delivery = (body: string) => ({
    ...{ deliveryId: crypto.randomUUID(), tenantId, assetId, body },
    ...{ channel: "whatsapp" as const, receivedAt: 1 },
  });
  const told = (value: object) =>
    delivery(JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{
        id: "1",
        changes: [{
          field: "messages",
          value: { messaging_product: "whatsapp", metadata, ...value },
        }],
      }],
    }));
  const { db } = test.database;
  return {
    delivery,
    told,
    written: (id: string, text: string) =>
      told({
        messages: [{ from: "491511", id, timestamp: "1", type: "text", text: { body: text } }],
      }),
    take: (...deliveries: ReturnType<typeof delivery>[]) =>
      takeWebhooks(deliveries, { ...test.cell.options, runner }),
    texts: async () => {
      const rows = await db.selectFrom("cell.messages").select("text")
        .where("direction", "=", "inbound").orderBy("id").execute();
      return rows.map((row) => row.text);
    },
    commits: () => test.cell.options.counters.get("antiphon_commits_total"),
    [Symbol.asyncDispose]: () => test.close(),
  };
}

Deno.test("takeWebhooks() applies what many tell in order, in few commits, and once", async () => {
  await using s = await stage();
  const many = Array.from({ length: 20 }, (_, n) => s.written(`wamid.${n}`, `text ${n}`));
  const before = s.commits();
  assert.deepEqual(await s.take(...many), []);
  assert.ok(s.commits() - before < 8, `${s.commits() - before} commits`);
  const texts = many.map((_, n) => `text ${n}`);
  assert.deepEqual(await s.texts(), texts);
  assert.deepEqual(await s.take(...many), []);
  // The provider repeats one under another delivery, twice in one batch.
  await s.take(
    s.written("wamid.3", "text 3"),
    s.written("wamid.99", "new"),
    s.written("wamid.99", "new"),
  );
  assert.deepEqual(await s.texts(), [...texts, "new"]);
});

Deno.test("takeWebhooks() names what it can never take and takes the rest", async () => {
  await using s = await stage();
  const [bad, wrong] = [s.delivery("no json"), s.delivery('{"entry":1}')];
  const refused = await s.take(
    s.written("wamid.1", "one"),
    bad,
    wrong,
    s.written("wamid.2", "two"),
  );
  assert.deepEqual(refused, [
    { deliveryId: bad.deliveryId, code: "malformed_json" },
    { deliveryId: wrong.deliveryId, code: "invalid_request" },
  ]);
  assert.deepEqual(await s.texts(), ["one", "two"]);
});

Deno.test("takeWebhooks() takes statuses of messages that nobody knows as read", async () => {
  await using s = await stage();
  const status = { id: "wamid.x", timestamp: "1", status: "delivered", recipient_id: "491511" };
  assert.deepEqual(await s.take(s.told({ statuses: [status] })), []);
});
