import assert from "node:assert/strict";
import { Trunk } from "../../protocol/topology/pop_configuration.ts";
import { refusesStrangers } from "../testing/refuses_strangers.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();
const good = {
  name: "Carrier",
  popId: "FRA",
  sources: ["127.0.0.1"],
  maxCalls: 10,
  maxCallsPerSecond: 5,
};
const post = (token: string, body: unknown) => plane().call("POST", "/v1/trunks", { token, body });

Deno.test("a partner makes trunks, with and without a tenant", async () => {
  const partner = await plane().partner();
  const { token } = partner;
  const tenantId = await plane().tenant(partner);
  const open = await post(token, good);
  const made = { ...good, id: open.body.id, tenantId: null, destinations: [] };
  assert.deepEqual([open.status, open.body], [201, made]);
  const bound = await post(token, { ...good, tenantId });
  assert.equal(Trunk.parse(bound.body).tenantId, tenantId);
  const list = await plane().call("GET", "/v1/trunks", { token });
  assert.deepEqual(list.body, { items: [open.body, bound.body], next: null });
  const one = await plane().call("GET", `/v1/trunks/${bound.body.id}`, { token });
  assert.deepEqual(one.body, bound.body);
});

Deno.test("a trunk has destinations for outgoing calls, port 5060 unless told", async () => {
  const { token } = await plane().partner();
  const named = { host: "sbc.carrier.example", transport: "tcp" };
  const address = { host: "203.0.113.7", port: 5070, transport: "udp" };
  const { status, body } = await post(token, { ...good, destinations: [named, address] });
  assert.deepEqual([status, body.destinations], [201, [{ ...named, port: 5060 }, address]]);
  const one = await plane().call("GET", `/v1/trunks/${body.id}`, { token });
  assert.deepEqual(one.body, body);
});

Deno.test("each field of a new trunk that does not fit is named", async () => {
  const { token } = await plane().partner();
  const bad: [string, unknown, string][] = [
    ["name", "", "name"],
    ["popId", "fra", "popId"],
    ["popId", "XXX", "popId"],
    ["tenantId", "x", "tenantId"],
    ["sources", [], "sources"],
    ["sources", ["127.0.0.1", "host.example"], "sources.1"],
    ["sources", ["0.0.0.0/0"], "sources.0"],
    ["sources", ["127.0.0.1", "::/0"], "sources.1"],
    ["sources", ["::ffff:0:0/96"], "sources.0"],
    ["sources", new Array(257).fill("127.0.0.1"), "sources"],
    ["maxCalls", 0, "maxCalls"],
    ["maxCalls", 1.5, "maxCalls"],
    ["maxCallsPerSecond", 10_001, "maxCallsPerSecond"],
    ["destinations", [{ host: "203.0.113.7" }], "destinations.0.transport"],
    ["destinations", [{ host: "1.2.3.999", transport: "udp" }], "destinations.0.host"],
    ["destinations", [{ host: "a b", transport: "udp" }], "destinations.0.host"],
    ["destinations", [{ host: "224.0.0.1", transport: "udp" }], "destinations.0.host"],
    ["destinations", [{ host: "a", port: 0, transport: "udp" }], "destinations.0.port"],
    ["destinations", [{ host: "a", transport: "tls" }], "destinations.0.transport"],
    ["destinations", [{ host: "a", transport: "udp", to: "b" }], "destinations.0.to"],
    ["destinations", new Array(17).fill({ host: "a", transport: "udp" }), "destinations"],
    ["id", "x", "id"],
  ];
  for (const [field, value, path] of bad) {
    const { status, body } = await post(token, { ...good, [field]: value });
    assert.deepEqual([status, body.errors?.[0].path], [422, path], JSON.stringify(body));
  }
  for (const field of Object.keys(good)) {
    const { status, body } = await post(token, { ...good, [field]: undefined });
    assert.deepEqual([status, body.errors[0].path], [422, field]);
  }
});

Deno.test("a source at a PoP is one partner's, unless it is loopback", async () => {
  const one = await plane().partner();
  const other = await plane().partner();
  const body = { ...good, sources: ["203.0.113.0/24", "127.0.0.1"] };
  assert.equal((await post(one.token, body)).status, 201);
  const taken = await post(other.token, { ...good, sources: ["127.0.0.1", "203.0.113.9"] });
  assert.deepEqual([taken.status, taken.body.code, taken.body.errors[0].path], [
    409,
    "conflict",
    "sources.1",
  ]);
  assert.equal((await post(other.token, { ...body, popId: "NYC" })).status, 201);
  assert.equal((await post(one.token, body)).status, 201);
});

Deno.test("another partner's trunk or tenant is not there", async () => {
  const owner = await plane().partner();
  const { token } = await plane().partner();
  const { id } = (await post(owner.token, good)).body;
  assert.equal((await plane().call("GET", `/v1/trunks/${id}`, { token })).status, 404);
  assert.deepEqual((await plane().call("GET", "/v1/trunks", { token })).body.items, []);
  const tenantId = await plane().tenant(owner);
  assert.equal((await post(token, { ...good, tenantId })).status, 404);
});

Deno.test("the operator may open a trunk to all, for a partner and that partner's tenant", async () => {
  const token = await plane().operatorToken();
  const partner = await plane().partner();
  const wide = { ...good, popId: "NYC", sources: ["198.51.100.0/24", "::/0"] };
  assert.equal((await post(token, wide)).body.errors[0].path, "partnerId");
  const partnerId = partner.id;
  assert.equal((await post(token, { ...wide, partnerId })).status, 201);
  const tenantId = await plane().tenant(await plane().partner());
  const foreign = await post(token, { ...wide, partnerId, tenantId });
  assert.deepEqual([foreign.status, foreign.body.errors[0].path], [422, "tenantId"]);
});

refusesStrangers(plane, [
  ["POST", "/v1/trunks", "provisioning:write"],
  ["GET", "/v1/trunks", "provisioning:read"],
  ["GET", `/v1/trunks/${crypto.randomUUID()}`, "provisioning:read"],
]);
