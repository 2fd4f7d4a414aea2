import assert from "node:assert/strict";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";
import { Tenant } from "./tenant.ts";

const plane = useTestPlane();
const post = async (body: unknown, token?: string) =>
  await plane().call("POST", "/v1/tenants", {
    token: token ?? (await plane().partner()).token,
    body,
  });
const paths = (body: { errors: { path: string }[] }) => body.errors.map((error) => error.path);

Deno.test("a partner makes a tenant, reads it and lists it", async () => {
  const { token } = await plane().partner();
  const made = await post({ slug: "acme", name: " Acme " }, token);
  assert.equal(made.status, 201);
  const tenant = Tenant.parse(made.body);
  assert.deepEqual({ ...tenant, id: "", createdAt: "" }, {
    id: "",
    slug: "acme",
    name: "Acme",
    clusterId: "E39",
    homeRegion: "eu-central",
    standbyRegion: "us-east",
    status: "active",
    durability: "region",
    createdAt: "",
  });
  assert.equal(made.headers.get("location"), `/v1/tenants/${tenant.id}`);
  const read = await plane().call("GET", `/v1/tenants/${tenant.id}`, { token });
  assert.deepEqual([read.status, read.body], [200, tenant]);
  const list = await plane().call("GET", "/v1/tenants", { token });
  assert.deepEqual([list.status, list.body], [200, { items: [tenant], next: null }]);
});

Deno.test("a tenant goes to the cluster or region it asks for", async () => {
  const cluster = await post({ slug: "by-cluster", name: "x", clusterId: "C14" });
  const region = await post({ slug: "by-region", name: "x", region: "us-east" });
  assert.deepEqual([cluster.body.clusterId, cluster.body.standbyRegion], ["C14", null]);
  assert.equal(region.body.clusterId, "C14");
});

Deno.test("each field of a new tenant that does not fit is named", async () => {
  const { token } = await plane().partner();
  const bad: [unknown, string[]][] = [
    [{}, ["slug", "name"]],
    [{ slug: "No", name: "" }, ["slug", "name"]],
    [{ slug: "x".repeat(64), name: "x".repeat(121) }, ["slug", "name"]],
    [{ slug: "a", name: "a", clusterId: "e39" }, ["clusterId"]],
    [{ slug: "a", name: "a", clusterId: "Z99" }, ["clusterId"]],
    [{ slug: "a", name: "a", region: "EU" }, ["region"]],
    [{ slug: "a", name: "a", region: "mars" }, ["region"]],
    [{ slug: "a", name: "a", region: "us-east", clusterId: "C14" }, ["region"]],
    [{ slug: "a", name: "a", durability: "planet" }, ["durability"]],
    [{ slug: "a", name: "a", cluster: "C14", colour: 1 }, ["cluster", "colour"]],
    [[], [""]],
  ];
  for (const [body, expected] of bad) {
    const answer = await post(body, token);
    assert.equal(answer.status, 422);
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.deepEqual([answer.body.code, paths(answer.body)], ["invalid_request", expected]);
  }
  assert.equal((await plane().call("GET", "/v1/tenants", { token })).body.items.length, 0);
});

Deno.test("a slug is anyone's only once", async () => {
  await post({ slug: "taken", name: "x" });
  const second = await post({ slug: "taken", name: "y" });
  assert.deepEqual([second.status, second.body.code, second.body.data.field], [
    409,
    "conflict",
    "slug",
  ]);
  assert.deepEqual(paths(second.body), ["slug"]);
});

Deno.test("another partner's tenant is not there", async () => {
  const owner = await plane().partner();
  const other = await plane().partner();
  const id = await plane().tenant(owner);
  const read = await plane().call("GET", `/v1/tenants/${id}`, { token: other.token });
  assert.deepEqual([read.status, read.body.code], [404, "not_found"]);
  const list = await plane().call("GET", "/v1/tenants", { token: other.token });
  assert.deepEqual(list.body.items, []);
  const bad = await plane().call("GET", "/v1/tenants/x", { token: owner.token });
  assert.deepEqual([bad.status, paths(bad.body)], [422, ["tenantId"]]);
});

Deno.test("a list comes in pages", async () => {
  const partner = await plane().partner();
  const ids = [];
  for (let i = 0; i < 3; i++) ids.push(await plane().tenant(partner));
  const get = async (query: string) =>
    (await plane().call("GET", `/v1/tenants?${query}`, { token: partner.token })).body;
  const first = await get("limit=2");
  const second = await get(`limit=2&after=${first.next}`);
  const seen = [...first.items, ...second.items].map((tenant: Tenant) => tenant.id);
  assert.deepEqual([seen, second.next], [ids, null]);
  for (const query of ["limit=0", "limit=1001", "limit=x", "after=x"]) {
    assert.deepEqual(paths(await get(query)), [query.split("=")[0]]);
  }
});

Deno.test("the operator makes tenants for a partner it names, and sees all", async () => {
  const token = await plane().operatorToken();
  const partner = await plane().partner();
  const body = { slug: "by-operator", name: "x" };
  for (const partnerId of [undefined, crypto.randomUUID()]) {
    const refused = await post({ ...body, partnerId }, token);
    assert.deepEqual([refused.status, paths(refused.body)], [422, ["partnerId"]]);
  }
  const made = await post({ ...body, partnerId: partner.id }, token);
  assert.equal(made.status, 201);
  for (const reader of [token, partner.token]) {
    const read = await plane().call("GET", `/v1/tenants/${made.body.id}`, { token: reader });
    assert.equal(read.status, 200);
  }
  const named = await post({ ...body, slug: "x", partnerId: partner.id });
  assert.deepEqual([named.status, named.body.code], [403, "forbidden"]);
});

Deno.test("a partner says what a tenant's work outlives, and changes it", async () => {
  const { token } = await plane().partner();
  const made = await post({ slug: "zonal", name: "x", durability: "zone" }, token);
  assert.deepEqual([made.status, made.body.durability], [201, "zone"]);
  const path = `/v1/tenants/${made.body.id}`;
  const patch = (body: unknown, key?: string) => plane().call("PATCH", path, { token, body, key });
  const changed = await patch({ durability: "region" }, "once");
  assert.deepEqual([changed.status, changed.body], [200, { ...made.body, durability: "region" }]);
  assert.deepEqual((await plane().call("GET", path, { token })).body, changed.body);
  assert.equal((await patch({ durability: "zone" })).body.durability, "zone");
  const repeat = await patch({ durability: "region" }, "once");
  assert.equal(repeat.headers.get("idempotency-replayed"), "true");
  assert.equal((await plane().call("GET", path, { token })).body.durability, "zone");
  const lines = await plane().database.sql`
    select data from control.audit where subject = ${made.body.id} and action = 'tenant.changed'
    order by at, id`;
  assert.deepEqual(lines.map(({ data }) => data), [
    { durability: "region", before: "zone" },
    { durability: "zone", before: "region" },
  ]);
});

Deno.test("a change of a tenant that does not fit, or of another's, is refused", async () => {
  const owner = await plane().partner();
  const id = await plane().tenant(owner);
  const patch = async (body: unknown, token = owner.token) =>
    await plane().call("PATCH", `/v1/tenants/${id}`, { token, body });
  for (
    const [body, expected] of [
      [{}, ["durability"]],
      [{ durability: "none" }, ["durability"]],
      [{ durability: "zone", name: "x" }, ["name"]],
    ] as const
  ) {
    const answer = await patch(body);
    assert.deepEqual([answer.status, paths(answer.body)], [422, expected]);
  }
  const other = await plane().partner();
  assert.equal((await patch({ durability: "zone" }, other.token)).status, 404);
});

refusesStrangers(plane, [
  ["PATCH", `/v1/tenants/${crypto.randomUUID()}`, "provisioning:write"],
  ["POST", "/v1/tenants", "provisioning:write"],
  ["GET", "/v1/tenants", "provisioning:read"],
  ["GET", `/v1/tenants/${crypto.randomUUID()}`, "provisioning:read"],
]);
