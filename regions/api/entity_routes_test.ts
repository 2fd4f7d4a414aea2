import assert from "node:assert/strict";
import {
  ENTITY_KINDS,
  LISTED_KINDS,
  type ListedKind,
} from "../../protocol/configuration/entity_kinds.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { takeSecret } from "../configuration/take_secret.ts";
import { sendCaller } from "../testing/send_caller.ts";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();
const newId = uuidV7();

/** Audio that every tenant here has. */
const HASH = "a".repeat(64);

/** One of each kind, as somebody would send it. */
const SAMPLES: Record<ListedKind, Record<string, unknown>> = {
  "skills": { id: "new", name: "New", kind: "boolean" },
  "skill-profiles": { id: "new", name: "New", values: {} },
  "multimedia-profiles": { id: "new", name: "New", social: 1 },
  "holiday-lists": { id: "new", name: "New", days: [] },
  "business-hours": { id: "new", name: "New", timeZone: "UTC", weekly: [] },
  "sites": { id: "new", name: "New" },
  "teams": { id: "new", name: "New", siteId: "hq" },
  "agents": {
    ...{ id: "new", name: "New", username: "new", teamIds: ["desk"] },
    password: "a new password",
  },
  "queues": {
    ...{ id: "new", name: "New", kind: "voice" },
    distribution: [{ afterSeconds: 0, teamIds: ["desk"] }],
  },
  "global-variables": { id: "newOne", name: "New" },
  "prompts": {
    ...{ id: "new", name: "New" },
    audio: [{ language: null, hash: HASH, seconds: 1, bytes: 8000 }],
  },
  "flows": {
    ...{ id: "new", name: "New", kind: "voice", start: "end" },
    activities: { end: { type: "hang-up" } },
  },
  "asset-senders": {
    ...{ assetId: newId(), channel: "whatsapp", phoneNumberId: "1065550101" },
    accessToken: "a secret token",
  },
  "entry-points": {
    ...{ id: "new", name: "New", channel: "voice", number: "+4969900101" },
    flowId: "welcome",
  },
  "idle-codes": { id: "new", name: "New" },
  "connectors": {
    ...{ id: "crm", name: "CRM", type: "zendesk", baseUrl: "https://crm.example/api" },
    authentication: { type: "bearer", secret: "a secret token" },
  },
  "virtual-agents": {
    ...{ id: "bot", name: "Bot", adapter: "webhook", url: "https://bot.example/talk" },
    ...{ secret: `whsec_${btoa("0123456789abcdef01234567")}` },
  },
  "wrap-up-codes": { id: "new", name: "New" },
};

async function tenant() {
  const tenantId = await cell().tenant();
  await cell().cell.audio.put(tenantId, HASH, new Uint8Array(8000));
  const token = await cell().token(tenantId);
  const send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    cell().call(method, `/v1/configuration/${path}`, { token, body, headers });
  return { tenantId, token, send };
}

let shared: ReturnType<typeof tenant> | undefined;

for (const kind of LISTED_KINDS) {
  Deno.test(`${kind} are made, read, replaced and deleted by their ETags`, async () => {
    const { tenantId, send } = await (shared ??= tenant());
    const sample = SAMPLES[kind];
    const id = sample[ENTITY_KINDS[kind].idField] as string;
    const made = await send("POST", kind, sample);
    assert.equal(made.status, 201, made.text);
    assert.equal(made.headers.get("location"), `/v1/configuration/${kind}/${id}`);
    const { open } = takeSecret(kind, sample);
    for (const [key, value] of Object.entries(open)) assert.deepEqual(made.body[key], value);
    assert.doesNotMatch(made.text, /a new password|a secret token/);
    const read = await send("GET", `${kind}/${id}`);
    assert.deepEqual([read.status, read.body, read.etag], [200, made.body, made.etag]);
    const unchanged = await send("GET", `${kind}/${id}`, undefined, {
      "if-none-match": made.etag!,
    });
    assert.deepEqual([unchanged.status, unchanged.text], [304, ""]);
    const list = await send("GET", kind);
    assert.ok(list.body.items.some((it: object) => JSON.stringify(it) === read.text));
    const again = await send("POST", kind, sample);
    assert.deepEqual([again.status, again.body.code], [409, "conflict"]);

    const field = kind === "asset-senders" ? "phoneNumberId" : "name";
    const other = { ...open, [field]: "1065550102" };
    const put = (headers: Record<string, string>, body: unknown = other) =>
      send("PUT", `${kind}/${id}`, body, headers);
    const blind = await put({});
    assert.deepEqual([blind.status, blind.body.code], [428, "precondition_required"]);
    const replaced = await put({ "if-match": made.etag! });
    assert.deepEqual([replaced.status, replaced.body[field]], [200, "1065550102"]);
    assert.notEqual(replaced.etag, made.etag);
    const stale = await put({ "if-match": made.etag! });
    assert.deepEqual([stale.status, stale.body.code, stale.etag], [
      412,
      "precondition_failed",
      replaced.etag,
    ]);
    const same = await put({ "if-match": `"x", ${replaced.etag}` });
    assert.deepEqual([same.status, same.etag], [200, replaced.etag]);
    const stored = await cell().get(tenantId);
    assert.ok(stored.text.includes("1065550102"));

    const remove = (headers: Record<string, string>) =>
      send("DELETE", `${kind}/${id}`, undefined, headers);
    assert.equal((await remove({})).status, 428);
    assert.equal((await remove({ "if-match": made.etag! })).status, 412);
    assert.equal((await remove({ "if-match": replaced.etag! })).status, 204);
    for (const gone of [await send("GET", `${kind}/${id}`), await remove({ "if-match": "*" })]) {
      assert.deepEqual([gone.status, gone.body.code], [404, "not_found"]);
    }
    const fresh = await put({ "if-none-match": "*" }, sample);
    assert.equal(fresh.status, 201);
    assert.notEqual(fresh.etag, made.etag, "a new one never has an old one's ETag");
    const taken = await put({ "if-none-match": "*" }, sample);
    assert.equal(taken.status, 412);
    assert.equal((await remove({ "if-match": fresh.etag! })).status, 204);
  });
}

Deno.test("settings are read and replaced by their ETag", async () => {
  const { send } = await tenant();
  const read = await send("GET", "settings");
  assert.deepEqual([read.status, read.body.wrapUpSeconds], [200, 120]);
  const body = { ...read.body, wrapUpSeconds: 60 };
  assert.equal((await send("PUT", "settings", body)).status, 428);
  const put = await send("PUT", "settings", body, { "if-match": read.etag! });
  assert.deepEqual([put.status, put.body.wrapUpSeconds], [200, 60]);
  assert.equal((await send("PUT", "settings", body, { "if-match": read.etag! })).status, 412);
  const bad = { ...body, serviceLevel: { businessHoursId: "no" } };
  const refused = await send("PUT", "settings", bad, { "if-match": put.etag! });
  assert.deepEqual(refused.body.errors.map((it: { path: string }) => it.path), [
    "serviceLevel.businessHoursId",
  ]);
  assert.equal((await send("DELETE", "settings", undefined, { "if-match": "*" })).status, 404);
});

Deno.test("supervisors read, agents do neither, and nobody sees another tenant", async () => {
  const { tenantId, send } = await tenant();
  await send("POST", "sites", { id: "secret-site", name: "Secret" });
  const ask = async (method: string, role: "agent" | "supervisor", of = tenantId) =>
    await cell().call(method, "/v1/configuration/sites", {
      token: await cell().token(of, role),
      body: method === "POST" ? { id: "x", name: "X" } : undefined,
    });
  assert.equal((await ask("GET", "supervisor")).status, 200);
  for (
    const [method, role] of [["POST", "supervisor"], ["GET", "agent"], ["POST", "agent"]] as const
  ) {
    const { status, body } = await ask(method, role);
    assert.deepEqual([status, body.code], [403, "forbidden"]);
  }
  const other = await ask("GET", "supervisor", (await tenant()).tenantId);
  assert.doesNotMatch(other.text, /secret-site/);
  const nobody = await cell().call("POST", "/v1/configuration/sites", { body: "{" });
  assert.deepEqual([nobody.status, nobody.body.code], [401, "unauthenticated"]);
});

Deno.test("a list has pages in order of ids, and finds by id and name", async () => {
  const { send } = await tenant();
  for (const [id, name] of [["b", "Berlin"], ["a", "Aachen"], ["c", "Cologne"]]) {
    await send("POST", "sites", { id, name });
  }
  const ids = ({ body }: { body: { items: { id: string }[] } }) => body.items.map((it) => it.id);
  const first = await send("GET", "sites?limit=3");
  assert.deepEqual([ids(first), first.body.next], [["a", "b", "c"], "c"]);
  const second = await send("GET", "sites?limit=3&after=c");
  assert.deepEqual([ids(second), second.body.next], [["hq"], null]);
  assert.deepEqual(ids(await send("GET", "sites?q=ERL")), ["b"]);
  assert.deepEqual(ids(await send("GET", "sites?q=hq")), ["hq"]);
  assert.equal((await send("GET", "sites?limit=201")).status, 422);
});

Deno.test("fields that do not fit are named by their paths in the entity", async () => {
  const { send } = await tenant();
  const queue = { ...SAMPLES.queues, distribution: [{ afterSeconds: 0, teamIds: ["desk", "no"] }] };
  const { status, body } = await send("POST", "queues", queue);
  assert.equal(status, 422);
  assert.deepEqual(body.errors, [{
    path: "distribution.0.teamIds.1",
    message: 'There is no team "no"',
    code: "reference_unknown",
  }]);
  const empty = await send("POST", "queues", { ...queue, distribution: [] });
  assert.deepEqual([empty.status, empty.body.errors[0].code], [422, "distribution_empty"]);
  assert.equal((await send("GET", "queues/new")).status, 404);
  const nameless = await send("POST", "agents", { ...SAMPLES.agents, password: undefined });
  assert.deepEqual([nameless.body.errors[0].path, nameless.body.errors[0].code], [
    "password",
    "secret_required",
  ]);
  const elsewhere = await send("PUT", "sites/other", { id: "hq", name: "HQ" }, { "if-match": "*" });
  assert.deepEqual([elsewhere.status, elsewhere.body.errors[0].path], [422, "id"]);
  const misspelt = await send("POST", "sites", { ...SAMPLES.sites, multimediaProfile: "x" });
  assert.deepEqual([misspelt.status, misspelt.body.errors[0]], [422, {
    ...{ path: "multimediaProfile", code: "field_unknown" },
    message: "There is no such field",
  }]);
  const broken = await send("POST", "sites", "{");
  assert.deepEqual([broken.status, broken.body.code], [400, "malformed_json"]);
  const text = await send("POST", "sites", "x", { "content-type": "text/plain" });
  assert.equal(text.status, 422);
});

Deno.test("what others refer to is not deleted, and they are named", async () => {
  const { send } = await tenant();
  const { status, body } = await send("DELETE", "teams/desk", undefined, { "if-match": "*" });
  assert.deepEqual([status, body.code], [409, "conflict"]);
  assert.deepEqual(body.errors.map((it: { path: string }) => it.path), [
    "agents.0.teamIds.0",
    "agents.1.teamIds.0",
    "queues.0.distribution.0.teamIds.0",
    "queues.1.distribution.0.teamIds.0",
    "queues.2.distribution.0.teamIds.0",
  ]);
  assert.equal((await send("GET", "teams/desk")).status, 200);
});

Deno.test("a queue in which callers wait is deleted only with a place for them", async () => {
  const { tenantId, send } = await tenant();
  const runner = (await cell().cell.tenants.get(tenantId))!;
  await send("POST", "queues", SAMPLES.queues);
  const flow = await send("GET", "flows/welcome");
  const through = (queueId: string) => ({
    ...flow.body,
    activities: { ...flow.body.activities, sales: { type: "queue", queueId } },
  });
  const put = (queueId: string) =>
    send("PUT", "flows/welcome", through(queueId), { "if-match": "*" });
  assert.equal((await put("new")).status, 200);
  const caller = sendCaller(runner);
  await caller.done;
  assert.equal((await put("sales")).status, 200);
  const remove = (query: string) =>
    send("DELETE", `queues/new${query}`, undefined, { "if-match": "*" });
  const refused = await remove("");
  assert.deepEqual([refused.status, refused.body.code], [409, "would_strand"]);
  assert.deepEqual(refused.body.data.stranded, [{
    ...{ reason: "queue_deleted", kind: "queues", id: "new" },
    ...{ count: 1, interactionIds: [caller.id] },
  }]);
  const nowhere = await remove("?moveTo=no");
  assert.deepEqual([nowhere.status, nowhere.body.errors[0].path], [422, "moveTo.new"]);
  const digital = await remove("?moveTo=messages");
  assert.deepEqual(digital.body.errors[0].code, "kind_mismatch");
  assert.equal((await remove("?moveTo=support")).status, 204);
  assert.equal(runner.state.interactions.get(caller.id)!.place!.queueId, "support");
});

Deno.test("of two who write with one ETag one wins", async () => {
  const { send } = await tenant();
  const { etag } = await send("GET", "sites/hq");
  const answers = await Promise.all(
    ["A", "B", "C", "D"].map((name) =>
      send("PUT", "sites/hq", { id: "hq", name }, { "if-match": etag! })
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412, 412]);
});

Deno.test("a POST may be repeated with its Idempotency-Key, and with nothing else", async () => {
  const { send } = await tenant();
  const post = (kind: ListedKind, body: unknown, key: string) =>
    send("POST", kind, body, { "idempotency-key": key });
  const body = SAMPLES.agents;
  const answers = await Promise.all([1, 2, 3].map(() => post("agents", body, "k1")));
  assert.deepEqual(answers.map(({ status }) => status), [201, 201, 201]);
  const replayed = answers.filter(({ headers }) => headers.get("idempotency-replayed") === "true");
  assert.equal(replayed.length, 2);
  for (const answer of answers) {
    assert.deepEqual([answer.body, answer.etag], [answers[0].body, answers[0].etag]);
    assert.equal(answer.headers.get("location"), "/v1/configuration/agents/new");
  }
  const gone = await send("DELETE", "agents/new", undefined, { "if-match": answers[0].etag! });
  assert.equal(gone.status, 204);
  assert.equal((await post("agents", body, "k1")).status, 201, "also after it is gone");
  assert.equal((await send("GET", "agents/new")).status, 404);
  const other = await post("agents", { ...body, password: "some other password" }, "k1");
  assert.deepEqual([other.status, other.body.code], [422, "idempotency_key_reused"]);
  assert.equal((await post("sites", SAMPLES.sites, "k1")).status, 422);
  assert.equal((await post("sites", SAMPLES.sites, "with space")).status, 422);
  const race = await Promise.all([
    post("sites", SAMPLES.sites, "k2"),
    post("teams", SAMPLES.teams, "k2"),
  ]);
  assert.deepEqual(race.map(({ status }) => status).sort(), [201, 422]);
});

Deno.test("a key is forgotten after a day", async () => {
  const { tenantId } = await tenant();
  const post = async (id: string) =>
    await cell().call("POST", "/v1/configuration/sites", {
      token: await cell().token(tenantId),
      body: { id, name: "New" },
      headers: { "idempotency-key": "daily" },
    });
  assert.equal((await post("one")).status, 201);
  assert.equal((await post("two")).status, 422);
  cell().clock.ahead += 24 * 3600_000;
  assert.equal((await post("two")).status, 201);
});
