import assert from "node:assert/strict";
import { readWebhook } from "./read_webhook.ts";

const body = (value: Record<string, unknown>, field = "messages") => ({
  object: "whatsapp_business_account",
  entry: [{
    id: "102290129340398",
    changes: [{
      field,
      value: {
        messaging_product: "whatsapp",
        metadata: { display_phone_number: "15550783881", phone_number_id: "106540352242922" },
        ...value,
      },
    }],
  }],
});
const PHONE = "106540352242922";

Deno.test("readWebhook() reads messages with their senders' names", () => {
  const told = readWebhook(
    body({
      contacts: [{ profile: { name: "Sheena Nelson" }, wa_id: "16505551234" }],
      messages: [{
        from: "16505551234",
        id: "wamid.HBgL",
        timestamp: "1749416383",
        type: "text",
        text: { body: "Does it come in another color?" },
      }],
    }),
    PHONE,
  );
  assert.deepEqual(told, [{
    kind: "message",
    contact: "16505551234",
    contactName: "Sheena Nelson",
    providerMessageId: "wamid.HBgL",
    text: "Does it come in another color?",
    sentAt: 1749416383000,
  }]);
});

Deno.test("readWebhook() shows what is not text by its kind, so that nothing is lost", () => {
  const [told] = readWebhook(
    body({
      messages: [{ from: "16505551234", id: "w", timestamp: "1", type: "image", image: {} }],
    }),
    PHONE,
  );
  assert.ok(told.kind === "message" && told.text === "[image]" && told.contactName === null);
});

Deno.test("readWebhook() reads delivery statuses and passes over unknown ones", () => {
  const status = (status: string, more = {}) => ({
    id: "wamid.1",
    status,
    timestamp: "1",
    ...more,
  });
  const told = readWebhook(
    body({
      statuses: [
        status("delivered"),
        status("failed", { errors: [{ code: 131047, title: "Re-engagement message" }] }),
        status("warned"),
      ],
    }),
    PHONE,
  );
  assert.deepEqual(told.map((t) => t.kind === "status" && [t.status, t.failure]), [
    ["delivered", null],
    ["failed", "provider-131047"],
  ]);
});

Deno.test("readWebhook() knows a status's message by our own id, if it is one", () => {
  const id = "0190cafe-0000-7000-8000-000000000001";
  const status = { id: "wamid.1", status: "sent", timestamp: "1" };
  const echoes = [id, undefined, "campaign-7", 7];
  const told = readWebhook(
    body({
      statuses: echoes.map((biz_opaque_callback_data) => ({ ...status, biz_opaque_callback_data })),
    }),
    PHONE,
  );
  assert.deepEqual(told.map((t) => t.kind === "status" && t.messageId), [id, null, null, null]);
});

Deno.test("readWebhook() leaves other numbers and other fields alone", () => {
  const message = { from: "16505551234", id: "w", timestamp: "1", type: "text" };
  assert.deepEqual(readWebhook(body({ messages: [message] }), "1"), []);
  assert.deepEqual(readWebhook(body({}, "account_update"), PHONE), []);
});

Deno.test("readWebhook() refuses what is no such webhook, naming the place", () => {
  assert.throws(() => readWebhook({ object: "page", entry: [] }, PHONE), /object/);
  assert.throws(
    () =>
      readWebhook(body({ messages: [{ from: "x", id: "w", timestamp: "1", type: "t" }] }), PHONE),
    /messages/,
  );
});
