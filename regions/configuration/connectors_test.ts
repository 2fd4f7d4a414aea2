import assert from "node:assert/strict";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();
const SECRET = "a very secret token";
const CARD = "4000056655665556";
const CRM = {
  ...{ id: "crm", name: "CRM", baseUrl: "https://crm.example/api" },
  authentication: { type: "bearer", secret: SECRET },
};

async function tenant() {
  const tenantId = await cell().tenant();
  const token = await cell().token(tenantId);
  const send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    cell().call(method, `/v1/configuration${path}`, { token, body, headers });
  const put = async (path: string, body: unknown) => {
    const { etag } = await send("GET", path);
    return await send("PUT", path, body, { "if-match": etag! });
  };
  const sealed = async (kind: string) =>
    await cell().database.db.selectFrom("cell.entity_secrets").select("sealed")
      .where("tenant_id", "=", tenantId).where("kind", "=", kind).execute();
  return { tenantId, send, put, sealed };
}

/** Everything that the database holds of a tenant's configuration, as text. */
async function stored(tenantId: string): Promise<string> {
  const { db } = cell().database;
  const rows = await Promise.all([
    db.selectFrom("cell.entities").selectAll().where("tenant_id", "=", tenantId).execute(),
    db.selectFrom("cell.entity_secrets").selectAll().where("tenant_id", "=", tenantId).execute(),
    db.selectFrom("cell.entity_keys").selectAll().where("tenant_id", "=", tenantId).execute(),
    db.selectFrom("cell.events").selectAll().where("tenant_id", "=", tenantId).execute(),
  ]);
  return JSON.stringify(rows);
}

Deno.test("a connector's secret is sealed, never shown, kept when left out, and asked for when its address changes", async () => {
  const { tenantId, send, put, sealed } = await tenant();
  const made = await send("POST", "/connectors", CRM, { "idempotency-key": "k1" });
  assert.equal(made.status, 201, made.text);
  const { secret: _, ...authentication } = CRM.authentication;
  assert.deepEqual(made.body.authentication, authentication);
  const [{ sealed: first }] = await sealed("connectors");
  assert.equal(await cell().cell.options.sealer.open(first), SECRET);
  for (const text of [made.text, (await send("GET", "")).text, await stored(tenantId)]) {
    assert.doesNotMatch(text, new RegExp(SECRET));
  }
  const open = { ...CRM, authentication };
  const renamed = await put("/connectors/crm", { ...open, name: "Customers" });
  assert.equal(renamed.status, 200, renamed.text);
  assert.deepEqual(await sealed("connectors"), [{ sealed: first }]);
  for (
    const change of [
      { baseUrl: "https://evil.example/api" },
      { authentication: { type: "basic", username: "anna" } },
    ]
  ) {
    const refused = await put("/connectors/crm", { ...open, ...change });
    assert.equal(refused.status, 422, refused.text);
    assert.deepEqual(refused.body.errors.map((e: { code: string }) => e.code), ["secret_required"]);
  }
  const elsewhere = { ...open, baseUrl: "https://new.example", authentication: CRM.authentication };
  assert.equal((await put("/connectors/crm", elsewhere)).status, 200);
  assert.equal(
    (await put("/connectors/crm", { ...CRM, authentication: { type: "none" } })).status,
    200,
  );
  assert.deepEqual(await sealed("connectors"), []);
});

Deno.test("a connector needs an https address, and sets no header of the platform's", async () => {
  const { send } = await tenant();
  const bad = [
    { baseUrl: "http://crm.example" },
    { baseUrl: "https://user:password@crm.example" },
    { baseUrl: "https://crm.example?key=1" },
    { baseUrl: "ftp://crm.example" },
    { headers: { authorization: "Bearer x" } },
    { headers: { Host: "other.example" } },
    { headers: { "x-a": "1\r\nx-b: 2" } },
    { headers: { "idempotency-key": "1" } },
    { methods: ["CONNECT"] },
    { paths: ["contacts"] },
    {
      authentication: {
        type: "oauth-client-credentials",
        tokenUrl: "http://a.example",
        clientId: "a",
      },
    },
  ];
  for (const change of bad) {
    const { status, text } = await send("POST", "/connectors", { ...CRM, ...change });
    assert.equal(status, 422, `${JSON.stringify(change)}: ${text}`);
  }
});

Deno.test("an authorisation says who gave it when, of what stands there", async () => {
  const { send, put } = await tenant();
  const by = { authorisedBy: "someone", authorisedAt: 1 };
  const made = await send("POST", "/connectors", { ...CRM, ...by });
  assert.deepEqual([made.body.authorised, made.body.authorisedBy], [false, undefined]);
  const { secret: _, ...authentication } = CRM.authentication;
  const open = { ...CRM, authentication, authorised: true };
  const given = await put("/connectors/crm", { ...open, ...by });
  assert.equal(given.body.authorisedBy, "anna");
  const at = given.body.authorisedAt;
  assert.ok(at > 1);
  cell().clock.ahead += 1000;
  const renamed = await put("/connectors/crm", { ...open, name: "Customers" });
  assert.equal(renamed.body.authorisedAt, at, "a name changes nothing of it");
  const wider = await put("/connectors/crm", { ...open, paths: ["/admin"] });
  assert.ok(wider.body.authorisedAt > at);
  assert.deepEqual((await send("GET", "/connectors/crm")).body, wider.body);
  assert.doesNotMatch((await send("GET", "")).text, /authorisedBy|authorisedAt/);
  const taken = await put("/connectors/crm", { ...open, authorised: false });
  assert.equal(taken.body.authorisedBy, undefined);
});

Deno.test("a sensitive variable's value is sealed by the tenant's key, never shown, and kept", async () => {
  const { tenantId, send, put, sealed } = await tenant();
  const runner = (await cell().cell.tenants.get(tenantId))!;
  const valueNow = () =>
    runner.configuration.globalVariables.find(({ id }) => id === "card")!.value;
  const card = { id: "card", name: "Card", sensitive: true, value: CARD };
  const made = await send("POST", "/global-variables", card);
  assert.equal(made.status, 201, made.text);
  assert.equal(made.body.value, "");
  assert.equal(await cell().cell.keys.open(tenantId, valueNow()), CARD);
  const before = await sealed("global-variables");
  assert.equal(
    (await put("/global-variables/card", { ...card, value: "", name: "C" })).status,
    200,
  );
  assert.equal((await put("/global-variables/card", { ...card, name: "C" })).status, 200);
  assert.deepEqual(await sealed("global-variables"), before, "the same value is no change");
  for (
    const text of [(await send("GET", "")).text, await stored(tenantId), cell().log.join("\n")]
  ) {
    assert.doesNotMatch(text, new RegExp(CARD));
  }
  const rotated = await send("POST", "/seal-key");
  assert.equal(rotated.body.keyId, `tenant:${tenantId}:2`);
  assert.equal(runner.configuration.stored.sealKey?.keyId, rotated.body.keyId);
  assert.equal(await cell().cell.keys.open(tenantId, valueNow()), CARD);
  assert.equal((await put("/global-variables/card", { ...card, value: "1234" })).status, 200);
  assert.equal(await cell().cell.keys.open(tenantId, valueNow()), "1234");
  assert.equal(
    (await put("/global-variables/card", { ...card, sensitive: false, value: "open" })).status,
    200,
  );
  assert.deepEqual([valueNow(), await sealed("global-variables")], ["open", []]);
});

Deno.test("an authorisation is taken back at once, also while flows act through it", async () => {
  const { send, put } = await tenant();
  const flow = {
    ...{ id: "look", name: "Look", kind: "voice", start: "ask" },
    activities: {
      ask: { type: "http-request", connectorId: "crm", path: "/", next: "end" },
      end: { type: "hang-up" },
    },
  };
  await send("POST", "/connectors", CRM);
  const early = await send("POST", "/flows", flow);
  assert.deepEqual([early.status, early.body.errors[0].code], [422, "node_not_authorised"]);
  const { secret: _, ...authentication } = CRM.authentication;
  const open = { ...CRM, authentication };
  assert.equal((await put("/connectors/crm", { ...open, authorised: true })).status, 200);
  assert.equal((await send("POST", "/flows", flow)).status, 201);
  assert.equal((await put("/connectors/crm", { ...open, authorised: false })).status, 200);
  const whole = await send("GET", "");
  const plan = await send("POST", "/plan", whole.body);
  assert.deepEqual(plan.body.problems, [], "what is exported can be applied");
  const again = await send("POST", "/flows", { ...flow, id: "other" });
  assert.deepEqual([again.status, again.body.errors[0].code], [422, "node_not_authorised"]);
});

Deno.test("a flow's document keeps no sensitive value", async () => {
  const { send } = await tenant();
  const flow = {
    ...{ id: "pay", name: "Pay", kind: "voice", start: "end" },
    activities: { end: { type: "hang-up" } },
    variables: { card: { sensitive: true, value: CARD }, callerNumber: { sensitive: true } },
  };
  const { status, body } = await send("POST", "/flows", flow);
  assert.equal(body.errors[1].path, "variables.callerNumber.sensitive");
  assert.deepEqual([status, body.errors[0].path, body.errors[0].code], [
    422,
    "variables.card.value",
    "marks_conflict",
  ]);
});
