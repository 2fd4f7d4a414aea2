import assert from "node:assert/strict";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();
const good = {
  channel: "whatsapp",
  name: "Support",
  phoneNumberId: "1234567890",
  appSecret: "hunter2hunter2",
  verifyToken: "swordfish",
};

Deno.test("a tenant is given a digital asset, whose secrets never show again", async () => {
  const partner = await plane().partner();
  const tenantId = await plane().tenant(partner);
  const path = `/v1/tenants/${tenantId}/assets`;
  const made = await plane().call("POST", path, { token: partner.token, body: good, key: "k" });
  assert.equal(made.status, 201);
  const { id } = made.body;
  const expected = {
    id,
    tenantId,
    channel: "whatsapp",
    name: "Support",
    phoneNumberId: "1234567890",
    webhookPath: `/hooks/whatsapp/${id}`,
  };
  assert.deepEqual(made.body, expected);
  const list = await plane().call("GET", path, { token: partner.token });
  assert.deepEqual(list.body, { items: [expected], next: null });

  const tables = ["cfg.assets", "control.asset_secrets", "control.audit", "control.idempotency"];
  for (const table of tables) {
    const rows = await plane().database.sql`select * from ${plane().database.sql(table)}`;
    assert.ok(rows.length > 0, table);
    assert.doesNotMatch(JSON.stringify(rows), /hunter2|swordfish/);
  }
  assert.doesNotMatch(plane().log.join(""), /hunter2|swordfish/);
});

Deno.test("each field of a new asset that does not fit is named, and no value", async () => {
  const partner = await plane().partner();
  const path = `/v1/tenants/${await plane().tenant(partner)}/assets`;
  const bad: Record<string, unknown[]> = {
    channel: ["sms", undefined],
    name: ["", "x".repeat(121), undefined],
    phoneNumberId: ["1234", "12345x", 12345, undefined],
    appSecret: ["short", "x".repeat(257), undefined],
    verifyToken: ["", "x".repeat(257), undefined],
    extra: ["x"],
  };
  for (const [field, values] of Object.entries(bad)) {
    for (const value of values) {
      const body = { ...good, [field]: value };
      const answer = await plane().call("POST", path, { token: partner.token, body });
      assert.deepEqual([answer.status, answer.body.errors[0].path], [422, field]);
      assert.doesNotMatch(JSON.stringify(answer.body), /hunter2|swordfish/);
    }
  }
});

Deno.test("another partner's tenant takes no assets and shows none", async () => {
  const path = `/v1/tenants/${await plane().tenant(await plane().partner())}/assets`;
  const { token } = await plane().partner();
  assert.equal((await plane().call("POST", path, { token, body: good })).status, 404);
  assert.equal((await plane().call("GET", path, { token })).status, 404);
});

refusesStrangers(plane, [
  ["POST", `/v1/tenants/${crypto.randomUUID()}/assets`, "provisioning:write"],
  ["GET", `/v1/tenants/${crypto.randomUUID()}/assets`, "provisioning:read"],
]);
