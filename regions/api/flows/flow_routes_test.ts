import assert from "node:assert/strict";
import { parse } from "yaml";
import type { Role } from "../../../protocol/access_token/access_token_claims.ts";
import { FLOW_TEMPLATES } from "../../flows/templates/flow_templates.ts";
import type { Draft } from "../../testing/tenant_harness.ts";
import { useTestCell } from "../../testing/use_test_cell.ts";

const cell = useTestCell();

async function tenant(change: (draft: Draft) => void = () => {}) {
  const tenantId = await cell().tenant(change);
  const token = await cell().token(tenantId);
  const send = (
    ...[method, path, body, headers]: [string, string, unknown?, Record<string, string>?]
  ) => cell().call(method, `/v1/flows${path}`, { token, body, headers });
  /** Makes a draft and publishes it. */
  const publish = async (document: { id: string }, comment = "") => {
    const { id } = document;
    const put = await send("PUT", `/${id}/draft`, document, { "if-none-match": "*" });
    assert.equal(put.status, 201, put.text);
    const body = { comment };
    const done = await send("POST", `/${id}/publish`, body, { "if-match": put.etag! });
    assert.equal(done.status, 200, done.text);
    return done;
  };
  return { tenantId, token, send, publish };
}

const flow = (id: string, prompt = "welcome", more: object = {}) => ({
  ...{ id, name: "Tried", kind: "voice", start: "a" },
  activities: { a: { type: "play", prompt, next: "b" }, b: { type: "hang-up" } },
  ...more,
});

Deno.test("a draft is made, read, replaced and deleted by its ETag", async () => {
  const { send } = await tenant();
  const made = await send("POST", "", flow("tried"));
  assert.deepEqual([made.status, made.headers.get("location")], [201, "/v1/flows/tried/draft"]);
  assert.equal((await send("POST", "", flow("tried"))).status, 409);
  const read = await send("GET", "/tried/draft");
  assert.deepEqual([read.status, read.etag, read.body.activities.a.prompt], [
    ...[200, made.etag],
    "welcome",
  ]);
  const same = await send("GET", "/tried/draft", undefined, { "if-none-match": read.etag! });
  assert.equal(same.status, 304);
  const other = flow("tried", "other");
  assert.equal((await send("PUT", "/tried/draft", other)).status, 428);
  assert.equal((await send("PUT", "/tried/draft", other, { "if-match": `"x"` })).status, 412);
  const put = await send("PUT", "/tried/draft", other, { "if-match": read.etag! });
  assert.deepEqual([put.status, put.body.activities.a.prompt], [200, "other"]);
  assert.notEqual(put.etag, read.etag);
  const wrong = await send("PUT", "/tried/draft", flow("x"), { "if-match": put.etag! });
  assert.deepEqual(wrong.body.errors.map((it: { path: string }) => it.path), ["id"]);
  const unknown = await send("POST", "", { ...flow("more"), colour: "red" });
  assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, "colour"]);
  const taken = await send("POST", "", flow("schema"));
  assert.deepEqual([taken.status, taken.body.errors[0].path], [422, "id"]);
  assert.equal(
    (await send("DELETE", "/tried/draft", undefined, { "if-match": read.etag! })).status,
    412,
  );
  assert.equal(
    (await send("DELETE", "/tried/draft", undefined, { "if-match": put.etag! })).status,
    204,
  );
  assert.equal((await send("GET", "/tried/draft")).status, 404);
  assert.equal((await send("GET", "/tried")).status, 404);
});

Deno.test("a draft may be unfinished; what is wrong with it is told and stops its publishing", async () => {
  const { send } = await tenant();
  const activities = { a: { type: "levitate" }, b: { type: "queue", queueId: "no" } };
  const made = await send("POST", "", { ...flow("tried"), activities });
  assert.equal(made.status, 201, made.text);
  const checked = await send("POST", "/tried/validate");
  assert.deepEqual([checked.status, checked.body.valid], [200, false]);
  assert.deepEqual(
    checked.body.problems.map((it: { path: string; code: string }) => `${it.path} ${it.code}`),
    ["activities.a.type activity_unknown", "activities.b.queueId reference_unknown"],
  );
  const refused = await send("POST", "/tried/publish", {}, { "if-match": made.etag! });
  assert.deepEqual([refused.status, refused.body.errors.length], [422, 2]);
  assert.equal((await send("POST", "/tried/publish", {})).status, 428);
});

Deno.test("what validation warns of is published only if somebody says so", async () => {
  const { send } = await tenant();
  const unreached = { ...flow("tried").activities, c: { type: "hang-up" } };
  const made = await send("POST", "", flow("tried", "x", { activities: unreached }));
  const named = { "if-match": made.etag! };
  const refused = await send("POST", "/tried/publish", {}, named);
  assert.deepEqual([refused.status, refused.body.errors[0].code], [422, "activity_unreachable"]);
  const done = await send("POST", "/tried/publish", { allowWarnings: true }, named);
  assert.deepEqual([done.status, done.body.number, done.body.comment], [200, 1, ""]);
});

Deno.test("publishing makes a version, and the draft is gone", async () => {
  const { send, publish, tenantId } = await tenant();
  const first = await publish(flow("tried"), "First");
  assert.deepEqual(
    [first.body.number, first.body.author, first.body.comment],
    [1, "anna", "First"],
  );
  assert.equal((await send("GET", "/tried/draft")).status, 404);
  const stored = await cell().get(tenantId);
  assert.ok(stored.text.includes(`"tried"`));
  const second = await publish(flow("tried", "other"), "Second");
  assert.equal(second.body.number, 2);
  const again = await publish(flow("tried", "other"), "Nothing new");
  assert.deepEqual([again.body.number, again.body.comment], [2, "Second"]);
  const { body: page } = await send("GET", "/tried/versions?limit=1");
  assert.deepEqual([page.items[0].number, page.next], [2, 2]);
  const { body: rest } = await send("GET", "/tried/versions?before=2");
  assert.deepEqual([rest.items[0].number, rest.items[0].hash, rest.next], [
    1,
    first.body.hash,
    null,
  ]);
  const { body: old } = await send("GET", "/tried/versions/1");
  assert.deepEqual([old.document.activities.a.prompt, old.comment], ["welcome", "First"]);
  assert.equal((await send("GET", "/tried/versions/3")).status, 404);
});

Deno.test("a repeat of publishing with its key is answered as the first time", async () => {
  const { send } = await tenant();
  const made = await send("POST", "", flow("tried"));
  const headers = { "if-match": made.etag!, "idempotency-key": "once" };
  const first = await send("POST", "/tried/publish", { comment: "A" }, headers);
  const again = await send("POST", "/tried/publish", { comment: "A" }, headers);
  assert.deepEqual([again.status, again.body], [200, first.body]);
  assert.equal(again.headers.get("idempotency-replayed"), "true");
  const other = await send("POST", "/tried/publish", { comment: "B" }, headers);
  assert.equal(other.body.code, "idempotency_key_reused");
});

Deno.test("a flow goes back to an earlier version as a new one, by the published ETag", async () => {
  const { send, publish } = await tenant();
  const first = await publish(flow("tried"));
  await publish(flow("tried", "other"));
  const body = { version: 1 };
  assert.equal((await send("POST", "/tried/rollback", body)).status, 428);
  const stale = await send("POST", "/tried/rollback", body, { "if-match": first.etag! });
  assert.equal(stale.status, 412);
  const { etag } = await send("GET", "/tried");
  const back = await send("POST", "/tried/rollback", body, { "if-match": etag! });
  assert.deepEqual(
    [back.status, back.body.number, back.body.hash, back.body.comment],
    [200, 3, first.body.hash, "Back to version 1"],
  );
  const missing = await send("POST", "/tried/rollback", { version: 9 }, { "if-match": "*" });
  assert.equal(missing.status, 404);
});

Deno.test("a flow that was deleted is brought back by one of its versions", async () => {
  const { send, publish, token } = await tenant();
  await publish(flow("tried"));
  const gone = await cell().call("DELETE", "/v1/configuration/flows/tried", {
    ...{ token, headers: { "if-match": "*" } },
  });
  assert.equal(gone.status, 204);
  assert.equal((await send("GET", "/tried")).status, 404);
  const back = await send("POST", "/tried/rollback", { version: 1, comment: "Needed" }, {
    "if-match": `"0"`,
  });
  assert.deepEqual([back.status, back.body.number, back.body.comment], [200, 2, "Needed"]);
  assert.equal((await send("GET", "/tried/export")).body.flows[0].activities.a.prompt, "welcome");
});

Deno.test("states of a flow are compared field by field", async () => {
  const { send, publish } = await tenant();
  await publish(flow("tried"));
  await publish(flow("tried", "other"));
  await send("PUT", "/tried/draft", flow("tried", "third"), { "if-none-match": "*" });
  const { body } = await send("GET", "/tried/diff?from=1&to=2");
  assert.deepEqual(body, {
    changes: [{ path: "activities.a.prompt", before: "welcome", after: "other" }],
    total: 1,
  });
  const draft = await send("GET", "/tried/diff");
  assert.deepEqual(draft.body.changes[0].after, "third");
  assert.equal((await send("GET", "/tried/diff?from=7")).status, 404);
});

Deno.test("lists show published flows and drafts in pages", async () => {
  const { send } = await tenant();
  await send("POST", "", { ...flow("alpha"), name: "Alpha" });
  const { items } = (await send("GET", "/welcome/export")).body.flows[0].id === "welcome"
    ? (await send("GET", "")).body
    : assert.fail();
  assert.deepEqual(
    items.map((it: { id: string; published: unknown; draft: unknown }) => [
      ...[it.id, it.published !== null],
      it.draft !== null,
    ]),
    [["alpha", false, true], ["greet", true, false], ["welcome", true, false]],
  );
  assert.deepEqual([items[1].published.number, items[1].published.author], [1, "partner"]);
  const { body: page } = await send("GET", "?limit=1&after=alpha");
  assert.deepEqual([page.items[0].id, page.next], ["greet", "greet"]);
  const { body: digital } = await send("GET", "?kind=digital&q=GREE");
  assert.deepEqual(digital.items.map((it: { id: string }) => it.id), ["greet"]);
  const base = (await send("GET", "/welcome/versions/1")).body.document;
  await send("PUT", "/welcome/draft", base, { "if-none-match": "*" });
  assert.equal((await send("GET", "/welcome")).body.draft.differs, false);
});

Deno.test("templates are there for each channel, and begin drafts", async () => {
  const { send } = await tenant();
  const { body } = await send("GET", "/templates?channel=whatsapp");
  assert.ok(
    body.items.length > 0 && body.items.every((it: { kind: string }) => it.kind === "digital"),
  );
  assert.equal((await send("GET", "/templates")).body.items.length, FLOW_TEMPLATES.size);
  const made = await send("POST", "", { template: "voice-menu", id: "mine", name: "Mine" });
  assert.deepEqual([made.status, made.body.id, made.body.name], [201, "mine", "Mine"]);
  assert.equal((await send("POST", "/mine/validate")).body.valid, true);
  assert.equal((await send("POST", "", { template: "no", id: "x" })).status, 404);
  assert.equal((await send("POST", "", { template: "voice-menu", id: "welcome" })).status, 409);
});

Deno.test("flows go out as JSON and YAML with those that they call, and come back as drafts", async () => {
  const { send, publish } = await tenant();
  await publish(flow("helper", "helper", {
    activities: { a: { type: "play", prompt: "x", next: "b" }, b: { type: "return" } },
  }));
  await publish(flow("tried", "x", {
    activities: { a: { type: "sub-flow", flowId: "helper", next: "b" }, b: { type: "hang-up" } },
  }));
  const alone = await send("GET", "/tried/export");
  assert.deepEqual(alone.body.flows.map((it: { id: string }) => it.id), ["tried"]);
  const yaml = await send("GET", "/tried/export?subFlows=true&format=yaml");
  assert.equal(yaml.headers.get("content-type"), "application/yaml");
  assert.deepEqual(parse(yaml.text).flows.map((it: { id: string }) => it.id), ["tried", "helper"]);
  const there = await tenant();
  const type = { "content-type": "application/yaml" };
  const taken = await there.send("POST", "/import", yaml.text, type);
  assert.equal(taken.status, 201, taken.text);
  assert.deepEqual(taken.body.items.map((it: { id: string }) => it.id), ["tried", "helper"]);
  assert.equal((await there.send("POST", "/import", yaml.text, type)).status, 409);
  assert.equal((await there.send("POST", "/import?replace=true", yaml.text, type)).status, 201);
  const bad = await there.send("POST", "/import", { flows: [{ id: "x" }] });
  assert.ok(bad.body.errors.some((it: { path: string }) => it.path === "flows.0.name"), bad.text);
  const { etag } = await there.send("GET", "/tried/draft");
  const early = await there.send("POST", "/tried/publish", {}, { "if-match": etag! });
  assert.equal(early.body.errors[0].path, "activities.a.flowId");
});

Deno.test("what is applied as a whole makes versions too", async () => {
  const { send, token } = await tenant();
  const read = await cell().call("GET", "/v1/configuration", { token });
  const welcome = read.body.flows.find((it: { id: string }) => it.id === "welcome");
  welcome.name = "Changed";
  const applied = await cell().call("POST", "/v1/configuration/apply", {
    ...{ token, body: read.body },
    headers: { "if-match": read.etag! },
  });
  assert.equal(applied.status, 200, applied.text);
  const { body } = await send("GET", "/welcome/versions");
  assert.deepEqual(
    body.items.map((it: { number: number; author: string }) => [it.number, it.author]),
    [[2, "anna"], [1, "partner"]],
  );
  const greet = await send("GET", "/greet/versions");
  assert.equal(greet.body.items.length, 1, "what did not change has no new version");
});

Deno.test("supervisors read, administrators write, others do neither, and tenants are apart", async () => {
  const { tenantId, send } = await tenant();
  await send("POST", "", flow("secret"));
  const ask = async (role: Role, method: string, path: string, of = tenantId) =>
    (await cell().call(method, `/v1/flows${path}`, {
      token: await cell().token(of, role),
      body: method === "GET" ? undefined : flow("x"),
    })).status;
  assert.equal(await ask("supervisor", "GET", "/secret/draft"), 200);
  assert.equal(await ask("supervisor", "POST", "/secret/validate"), 200);
  assert.equal(await ask("supervisor", "POST", ""), 403);
  assert.equal(await ask("agent", "GET", ""), 403);
  const other = await tenant();
  assert.equal(await ask("admin", "GET", "/secret/draft", other.tenantId), 404);
});

Deno.test("the schema of flows is served as it is published", async () => {
  const { send } = await tenant();
  const { status, text } = await send("GET", "/schema");
  const published = await Deno.readTextFile(
    new URL("../../../docs/schemas/flow.json", import.meta.url),
  );
  assert.deepEqual([status, JSON.parse(text)], [200, JSON.parse(published)]);
});
