import assert from "node:assert/strict";
import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";
import { CellDouble } from "../testing/cell_double.ts";
import { quickTimer } from "../testing/quick_timer.ts";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";

const HOME = "http://e39-home.test";
const STANDBY = "http://e39-standby.test";
const cell = new CellDouble();
const clock = { at: 0 };
const plane = useTestPlane({
  fetch: cell.fetch,
  now: () => clock.at,
  timer: quickTimer(clock),
});

const empty = {
  sites: [],
  teams: [],
  agents: [],
  queues: [],
  flows: [],
  entryPoints: [],
  idleCodes: [],
  wrapUpCodes: [],
};

async function tenant() {
  const partner = await plane().partner();
  const tenantId = await plane().tenant(partner);
  const path = `/v1/tenants/${tenantId}/configuration`;
  const { token } = partner;
  const put = (body: unknown) => plane().call("PUT", path, { token, body });
  const get = () => plane().call("GET", path, { token });
  return { partner, token, tenantId, path, put, get };
}

Deno.test("a configuration reaches the tenant's cell whole, with our token", async () => {
  const { tenantId, put } = await tenant();
  cell.script({ [HOME]: [{ ok: {} }] });
  const { status, body } = await put(empty);
  assert.deepEqual([status, body], [200, { tenantId, clusterId: "E39" }]);
  const [call] = cell.calls;
  assert.equal(call.url, `${HOME}/internal/tenants/${tenantId}/configuration`);
  assert.equal(JSON.parse(call.body).settings.capacity.social, 3);
  const caller = await verifyServiceToken(call.authorization.slice("Bearer ".length), {
    keys: plane().deployment.keys,
    audience: "cell:E39",
    kinds: ["control-plane"],
    now: () => plane().clock.at,
  });
  assert.equal(caller, "control-plane");
  const audit = await plane().context.db.selectFrom("control.audit").select("action")
    .where("subject", "=", tenantId).orderBy("id").execute();
  assert.deepEqual(audit.map(({ action }) => action), ["tenant.created", "configuration.applied"]);
});

Deno.test("a tenant that has not reached its cell yet is waited for", async () => {
  const { put } = await tenant();
  cell.script({ [HOME]: [{ problem: "unavailable" }, "refused", { ok: {} }] });
  assert.equal((await put(empty)).status, 200);
});

Deno.test("the standby that has taken over is found", async () => {
  const { put } = await tenant();
  cell.script({ [HOME]: [{ problem: "not_active" }], [STANDBY]: [{ ok: {} }] });
  assert.equal((await put(empty)).status, 200);
});

Deno.test("what the cell finds wrong comes back unchanged, and is no change", async () => {
  const { tenantId, put } = await tenant();
  const problem = {
    type: "https://antiphon.dev/problems/invalid_request",
    title: "t",
    status: 422,
    detail: "d",
    code: "invalid_request",
    errors: [{ path: "queues.0.distribution.0.teamIds.0", message: "There is no such team" }],
  };
  const headers = { "content-type": "application/problem+json" };
  cell.script({ [HOME]: [new Response(JSON.stringify(problem), { status: 422, headers })] });
  const answer = await put(empty);
  assert.deepEqual([answer.status, answer.body], [422, problem]);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  const audit = await plane().context.db.selectFrom("control.audit").select("action")
    .where("subject", "=", tenantId).execute();
  assert.equal(audit.length, 1);
});

Deno.test("a cell that stays away is told as such", async () => {
  const { put, get } = await tenant();
  cell.script({});
  for (const answer of [await put(empty), await get()]) {
    assert.deepEqual([answer.status, answer.body.code], [503, "cluster_unavailable"]);
    assert.equal(answer.body.data.clusterId, "E39");
    assert.doesNotMatch(JSON.stringify(answer.body), /e39-home/);
  }
});

Deno.test("numbers and assets in a configuration must be the tenant's own", async () => {
  const { token, tenantId, put } = await tenant();
  const other = await tenant();
  const asset = {
    channel: "whatsapp",
    name: "S",
    phoneNumberId: "12345",
    appSecret: "hunter2hunter2",
    verifyToken: "v",
  };
  const theirs = await plane().call("POST", `/v1/tenants/${other.tenantId}/assets`, {
    token: other.token,
    body: asset,
  });
  await plane().call("POST", `/v1/tenants/${tenantId}/numbers`, {
    token,
    body: { number: "+4969900100" },
  });
  cell.script({ [HOME]: [{ ok: {} }] });
  const voice = (number: string) => ({ id: "v", name: "V", channel: "voice", number, flowId: "f" });
  const good = { ...empty, entryPoints: [voice("+4969900100")] };
  assert.equal((await put(good)).status, 200);
  const assetId = theirs.body.id;
  const bad = {
    ...empty,
    entryPoints: [
      voice("+4969900101"),
      { id: "w", name: "W", channel: "whatsapp", assetId, flowId: "f" },
    ],
    assetSenders: [{ assetId, channel: "whatsapp", phoneNumberId: "12345" }],
  };
  const { status, body } = await put(bad);
  assert.equal(status, 422);
  assert.deepEqual(body.errors.map(({ path }: { path: string }) => path), [
    "entryPoints.0.number",
    "entryPoints.1.assetId",
    "assetSenders.0.assetId",
  ]);
  assert.equal(cell.calls.length, 1);
});

Deno.test("a configuration that does not fit its schema never leaves", async () => {
  const { put } = await tenant();
  cell.script({ [HOME]: [{ ok: {} }] });
  const queue = { id: "Q", name: "Q", kind: "voice", distribution: [] };
  const { status, body } = await put({ ...empty, queues: [queue], teams: undefined });
  assert.equal(status, 422);
  assert.deepEqual(body.errors.map(({ path }: { path: string }) => path), [
    "teams",
    "queues.0.id",
    "queues.0.distribution",
  ]);
  assert.equal(body.errors[2].code, "distribution_empty");
  assert.equal(cell.calls.length, 0);
});

Deno.test("the configuration comes back as the cell has it", async () => {
  const { get } = await tenant();
  cell.script({ [HOME]: [{ ok: empty }] });
  const { status, body } = await get();
  assert.deepEqual([status, body.sites, body.settings.wrapUpSeconds], [200, [], 120]);
  cell.script({ [HOME]: [{ ok: "nonsense" }] });
  assert.equal((await get()).body.code, "cluster_unavailable");
});

Deno.test("another partner's tenant has no configuration", async () => {
  const { path } = await tenant();
  const { token } = await plane().partner();
  cell.script({ [HOME]: [{ ok: empty }] });
  assert.equal((await plane().call("GET", path, { token })).status, 404);
  assert.equal((await plane().call("PUT", path, { token, body: empty })).status, 404);
  assert.equal(cell.calls.length, 0);
});

refusesStrangers(plane, [
  ["PUT", `/v1/tenants/${crypto.randomUUID()}/configuration`, "provisioning:write"],
  ["GET", `/v1/tenants/${crypto.randomUUID()}/configuration`, "provisioning:read"],
]);
