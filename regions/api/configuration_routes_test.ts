import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { exportConfiguration } from "../configuration/export_configuration.ts";
import { randomConfiguration } from "../testing/random_configuration.ts";
import { sendCaller } from "../testing/send_caller.ts";
import { useTestCell } from "../testing/use_test_cell.ts";

const cell = useTestCell();
const YAML = { "content-type": "application/yaml" };

async function tenant(change?: Parameters<ReturnType<typeof cell>["tenant"]>[0]) {
  const tenantId = await cell().tenant(change);
  const token = await cell().token(tenantId);
  const call = (method: string, path = "", body?: unknown, headers?: Record<string, string>) =>
    cell().call(method, `/v1/configuration${path}`, { token, body, headers });
  const runner = (await cell().cell.tenants.get(tenantId))!;
  return { tenantId, call, runner };
}

Deno.test("the whole is exported alike as JSON and YAML, without secrets and defaults", async () => {
  const { call, tenantId } = await tenant();
  const json = await call("GET");
  assert.equal(json.status, 200);
  assert.equal(json.body.agents[0].username, "anna");
  assert.doesNotMatch(json.text, /password|accessToken|whsec_|scrypt|relativePriority/);
  const yaml = await call("GET", "?format=yaml");
  assert.equal(yaml.headers.get("content-type"), "application/yaml");
  assert.deepEqual(parse(yaml.text), json.body);
  const accepted = await call("GET", "", undefined, { accept: "application/yaml" });
  assert.equal(accepted.text, yaml.text);
  assert.notEqual(yaml.etag, json.etag);
  const same = await call("GET", "", undefined, { "if-none-match": json.etag! });
  assert.equal(same.status, 304);
  const agent = await cell().token(tenantId, "agent");
  assert.equal((await cell().call("GET", "/v1/configuration", { token: agent })).status, 403);
});

Deno.test("a plan says what it would do, field by field, and does nothing", async () => {
  const { call } = await tenant();
  const { body: document, etag } = await call("GET");
  const none = await call("POST", "/plan", document);
  assert.deepEqual(none.body, {
    ...{ revision: 1, summary: { create: 0, update: 0, delete: 0 } },
    ...{ changes: [], problems: [], stranded: [] },
  });
  document.sites.push({ id: "annex", name: "Annex" });
  document.queues[0].distribution[1].afterSeconds = 60;
  document.wrapUpCodes = [];
  const yaml = await call("POST", "/plan", stringify(document), YAML);
  assert.deepEqual(yaml.body.changes, [
    {
      ...{ action: "create", kind: "sites", id: "annex" },
      fields: [{ path: "id", after: "annex" }, { path: "name", after: "Annex" }],
    },
    {
      ...{ action: "update", kind: "queues", id: "messages" },
      fields: [{ path: "distribution.1.afterSeconds", before: 30, after: 60 }],
    },
    { action: "delete", kind: "wrap-up-codes", id: "resolved", fields: [] },
  ]);
  assert.deepEqual(yaml.body.summary, { create: 1, update: 1, delete: 1 });
  assert.equal((await call("GET")).etag, etag);
});

Deno.test("a plan names problems, and whom it would strand", async () => {
  const { call, runner } = await tenant();
  await sendCaller(runner).done;
  const { body: document } = await call("GET");
  document.queues = document.queues.filter((queue: { id: string }) => queue.id !== "sales");
  document.agents.push({ id: "dora", name: "Dora", username: "dora", teamIds: ["desk"] });
  const { body } = await call("POST", "/plan", document);
  assert.deepEqual(body.problems.map((it: { path: string; code: string }) => [it.path, it.code]), [
    ["flows.1.activities.sales.queueId", "reference_unknown"],
    ["agents.3.password", "secret_required"],
  ]);
  assert.deepEqual(body.stranded.map((it: { id: string; count: number }) => [it.id, it.count]), [
    ["sales", 1],
  ]);
  const moved = await call("POST", "/plan", { document, moveTo: { sales: "support" } });
  assert.deepEqual(moved.body.stranded, []);
});

Deno.test("a document is applied against the revision it was made for, again without harm", async () => {
  const { call } = await tenant();
  const { body: document, etag } = await call("GET");
  document.sites.push({ id: "annex", name: "Annex" });
  const apply = (headers: Record<string, string>, body: unknown = document) =>
    call("POST", "/apply", body, headers);
  const blind = await apply({});
  assert.deepEqual([blind.status, blind.body.code], [428, "precondition_required"]);
  const applied = await apply({ "if-match": etag! });
  assert.deepEqual([applied.status, applied.body], [200, { revision: 2 }]);
  const again = await apply({ "if-match": etag! });
  assert.deepEqual([again.status, again.body, again.etag], [200, applied.body, applied.etag]);
  const stale = await apply({ "if-match": etag! }, { ...document, wrapUpCodes: [] });
  assert.deepEqual([stale.status, stale.body.code, stale.etag], [
    412,
    "precondition_failed",
    applied.etag,
  ]);
  const { etag: yamlTag } = await call("GET", "?format=yaml");
  const yaml = { ...document, wrapUpCodes: [] };
  const third = await apply({ ...YAML, "if-match": yamlTag! }, stringify(yaml));
  assert.deepEqual([third.status, third.body], [200, { revision: 3 }]);
  const planned = await apply({}, { document, plannedAgainst: 3 });
  assert.deepEqual([planned.status, planned.body], [200, { revision: 4 }]);
});

Deno.test("a document that would strand is applied only with a destination", async () => {
  const { call, runner } = await tenant();
  const caller = sendCaller(runner);
  await caller.done;
  const { body: document, etag } = await call("GET");
  document.queues = document.queues.filter((queue: { id: string }) => queue.id !== "sales");
  document.flows[1].activities.sales.queueId = "support";
  const headers = { "if-match": etag! };
  const refused = await call("POST", "/apply", document, headers);
  assert.deepEqual([refused.status, refused.body.code], [409, "would_strand"]);
  assert.equal((await call("GET")).etag, etag);
  const request = { document, moveTo: { sales: "support" } };
  const first = await call("POST", "/apply", request, headers);
  assert.equal(first.status, 200, first.text);
  assert.equal(runner.state.interactions.get(caller.id)!.place!.queueId, "support");
  const again = await call("POST", "/apply", request, headers);
  assert.deepEqual([again.status, again.body], [200, first.body]);
});

Deno.test("of two who apply against one revision one wins", async () => {
  const { call } = await tenant();
  const { body: document, etag } = await call("GET");
  const answers = await Promise.all(["A", "B", "C"].map((name) => {
    const mine = { ...document, sites: [{ id: "hq", name }] };
    return call("POST", "/apply", mine, { "if-match": etag! });
  }));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 412, 412]);
});

Deno.test("what is broken is refused by name, and nothing is changed", async () => {
  const { call } = await tenant();
  const { body: document, etag } = await call("GET");
  const apply = (body: unknown, headers = {}) =>
    call("POST", "/apply", body, { "if-match": etag!, ...headers });
  const empty = structuredClone(document);
  empty.queues[0].distribution = [];
  const { status, body } = await apply({ document: empty });
  assert.deepEqual([status, body.errors], [422, [{
    ...{ path: "queues.0.distribution", message: "Name at least one team" },
    code: "distribution_empty",
  }]]);
  const lost = structuredClone(document);
  lost.teams[0].siteId = "moon";
  const unknown = await apply(lost);
  assert.deepEqual([unknown.status, unknown.body.errors[0].path], [422, "teams.0.siteId"]);
  assert.equal((await apply("{")).body.code, "malformed_json");
  assert.equal((await apply("x", { "content-type": "text/plain" })).status, 422);
  assert.equal((await call("GET")).etag, etag);
});

Deno.test("bodies made to harm are refused", async () => {
  const { call } = await tenant();
  const plan = (text: string, headers = YAML as Record<string, string>) =>
    call("POST", "/plan", text, headers);
  const lists = Array.from(
    { length: 12 },
    (_, i) => `l${i}: &l${i} [${Array(10).fill(i === 0 ? "x" : `*l${i - 1}`).join(",")}]`,
  );
  const bombs: [string, string][] = [
    [lists.join("\n"), "malformed_yaml"],
    ["[".repeat(50_000), "malformed_yaml"],
    [`a: ${"[".repeat(100)}${"]".repeat(100)}`, "malformed_yaml"],
    ["a: 1\na: 2", "malformed_yaml"],
    ["a: [", "malformed_yaml"],
    [`# ${"x".repeat(3 << 20)}`, "payload_too_large"],
  ];
  for (const [text, code] of bombs) {
    const { status, body } = await plan(text);
    assert.equal(body.code, code, text.slice(0, 40));
    assert.ok(status < 500);
  }
  const nested = `{"a":${"[".repeat(10_000)}${"]".repeat(10_000)}}`;
  const json = { "content-type": "application/json" };
  assert.equal((await plan(nested, json)).body.code, "malformed_json");
  const { body: document } = await call("GET");
  document.agents = Array.from({ length: 501 }, (_, i) => ({
    ...{ id: `a${i}`, name: "A", username: `a${i}`, teamIds: ["desk"], password: "a password" },
  }));
  const slow = await plan(JSON.stringify(document), json);
  assert.deepEqual([slow.status, slow.body.errors[0].code], [422, "too_many"]);
  const large = await plan(`"${"x".repeat(33 << 20)}"`, json);
  assert.deepEqual([large.status, large.body.code], [413, "payload_too_large"]);
});

Deno.test("any valid document is applied once, and its export plans nothing", async () => {
  const { call } = await tenant();
  await fc.assert(
    fc.asyncProperty(randomConfiguration, fc.boolean(), async (document, yaml) => {
      // New agents need passwords, which take their time to hash.
      const body = exportConfiguration({ ...document, agents: [], assetSenders: [] });
      const send = (text: string) => yaml ? stringify(JSON.parse(text)) : text;
      const headers = yaml ? YAML : { "content-type": "application/json" };
      const text = send(JSON.stringify(body));
      const apply = (etag: string) =>
        call("POST", "/apply", text, { ...headers, "if-match": etag });
      const before = (await call("GET")).etag!;
      const applied = await apply(before);
      assert.equal(applied.status, 200, applied.text);
      const now = await call("GET");
      assert.deepEqual(
        TenantConfiguration.parse(now.body),
        sorted(TenantConfiguration.parse(body)),
      );
      const planned = await call("POST", "/plan", now.body);
      assert.deepEqual(planned.body.changes, []);
      for (const etag of [before, applied.etag!]) {
        const again = await apply(etag);
        assert.deepEqual([again.status, again.body], [200, applied.body]);
      }
    }),
    { numRuns: 15 },
  );
});

function sorted(document: TenantConfiguration): TenantConfiguration {
  const byId = (a: { id: string }, b: { id: string }) => a.id < b.id ? -1 : 1;
  return {
    ...document,
    teams: document.teams.toSorted(byId),
    skills: document.skills.toSorted(byId),
    queues: document.queues.toSorted(byId),
  };
}
