import assert from "node:assert/strict";
import { PinnedKeys } from "../../protocol/snapshot_signature/pinned_keys.ts";
import { SNAPSHOT_HEADER } from "../../protocol/snapshot_signature/snapshot_claims.ts";
import { verifySnapshot } from "../../protocol/snapshot_signature/verify_snapshot.ts";
import { EdgeConfiguration } from "../../protocol/topology/edge_configuration.ts";
import { PopConfiguration } from "../../protocol/topology/pop_configuration.ts";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();
const POP = "/internal/pops/FRA/configuration";
const EDGE = "/internal/edges/local/configuration";
const get = async (path: string, service: string, etag?: string, signal?: AbortSignal) =>
  await plane().call("GET", path, {
    token: await plane().serviceToken(service),
    headers: etag === undefined ? {} : { "if-none-match": etag },
    signal,
  });
const trunk = { name: "T", sources: ["127.0.0.1"], maxCalls: 1, maxCallsPerSecond: 1 };

Deno.test("a PoP gets its own trunks, all numbers, tenants, clusters and keys", async () => {
  const partner = await plane().partner();
  const { token } = partner;
  const tenantId = await plane().tenant(partner, { clusterId: "C14" });
  const numbers = `/v1/tenants/${tenantId}/numbers`;
  await plane().call("POST", numbers, { token, body: { number: "+4969900100" } });
  const destinations = [{ host: "192.0.2.9", port: 5062, transport: "udp" }];
  const own = await plane().call("POST", "/v1/trunks", {
    token,
    body: { ...trunk, destinations, popId: "FRA" },
  });
  await plane().call("POST", "/v1/trunks", { token, body: { ...trunk, popId: "NYC" } });

  const { status, headers, body } = await get(POP, "pop:FRA");
  assert.equal(status, 200);
  const configuration = PopConfiguration.parse(body);
  assert.equal(headers.get("etag"), `"${configuration.version}"`);
  assert.deepEqual(configuration.pop, { id: "FRA", name: "Frankfurt", region: "eu-central" });
  const { partnerId } = configuration.trunks[0];
  assert.deepEqual(configuration.trunks, [{ ...own.body, partnerId }]);
  assert.deepEqual(configuration.numbers, [
    { number: "+4969900100", tenantId, clusterId: "C14" },
  ]);
  const tenant = configuration.tenants.find(({ id }) => id === tenantId);
  assert.equal(tenant?.clusterId, "C14");
  assert.ok(partnerId !== undefined && tenant.partnerId === partnerId);
  assert.deepEqual(configuration.clusters.map(({ id }) => id), ["C14", "E39"]);
  assert.equal(configuration.keys.length, plane().deployment.keys.length);
});

Deno.test("a snapshot is signed for whom it is for, with a number that grows", async () => {
  const keys = PinnedKeys.parse(
    plane().deployment.keys.filter(({ service }) => service === "control-plane"),
  );
  const verified = async (path: string, service: string) => {
    const { body, headers } = await get(path, service);
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    return await verifySnapshot(headers.get(SNAPSHOT_HEADER), bytes, { keys, service });
  };
  const first = await verified(POP, "pop:FRA");
  const edge = await verified(EDGE, "edge:local");
  assert.equal(first.sequence, edge.sequence);
  await plane().tenant(await plane().partner());
  const second = await verified(POP, "pop:FRA");
  assert.ok(second.sequence > first.sequence && second.version !== first.version);
});

Deno.test("an edge gets assets with their secrets, and PoPs", async () => {
  const partner = await plane().partner();
  const tenantId = await plane().tenant(partner);
  const secrets = { appSecret: "hunter2hunter2", verifyToken: "swordfish" };
  const body = { channel: "whatsapp", name: "S", phoneNumberId: "12345", ...secrets };
  const { token } = partner;
  const made = await plane().call("POST", `/v1/tenants/${tenantId}/assets`, { token, body });
  const configuration = EdgeConfiguration.parse((await get(EDGE, "edge:local")).body);
  assert.equal(configuration.edgeId, "local");
  assert.deepEqual(configuration.assets, [{
    id: made.body.id,
    tenantId,
    clusterId: "E39",
    channel: "whatsapp",
    phoneNumberId: "12345",
    ...secrets,
  }]);
  assert.deepEqual(configuration.pops.map(({ id }) => id), ["FRA", "NYC"]);
  assert.doesNotMatch(JSON.stringify((await get(POP, "pop:FRA")).body), /hunter2|swordfish/);
});

Deno.test("the version stays until something changes, and 304 says so", async () => {
  const first = await get(POP, "pop:FRA");
  const again = await get(POP, "pop:FRA", first.headers.get("etag")!);
  assert.deepEqual([again.status, again.body, again.headers.get("etag")], [
    304,
    "",
    first.headers.get("etag"),
  ]);
  await plane().tenant(await plane().partner());
  const changed = await get(POP, "pop:FRA", first.headers.get("etag")!);
  assert.equal(changed.status, 200);
  assert.notEqual(changed.body.version, first.body.version);
});

Deno.test("a long poll is answered by the change it waits for", async () => {
  const partner = await plane().partner();
  for (const [path, service] of [[POP, "pop:FRA"], [EDGE, "edge:local"]]) {
    const first = await get(path, service);
    let answered = false;
    const poll = get(`${path}?wait=20`, service, first.headers.get("etag")!)
      .finally(() => answered = true);
    await get(`${path}?wait=0`, service, first.headers.get("etag")!);
    assert.equal(answered, false);
    const began = performance.now();
    const tenantId = await plane().tenant(partner);
    const answer = await poll;
    assert.ok(performance.now() - began < 4_000);
    assert.equal(answer.status, 200);
    assert.ok(answer.body.tenants.some(({ id }: { id: string }) => id === tenantId));
  }
});

Deno.test("a long poll sleeps through changes that are not the PoP's", async () => {
  const { token } = await plane().partner();
  const first = await get(POP, "pop:FRA");
  const gone = new AbortController();
  let answered = false;
  const poll = get(`${POP}?wait=20`, "pop:FRA", first.headers.get("etag")!, gone.signal)
    .finally(() => answered = true);
  await plane().call("POST", "/v1/trunks", { token, body: { ...trunk, popId: "NYC" } });
  assert.equal((await get(POP, "pop:FRA", first.headers.get("etag")!)).status, 304);
  assert.equal(answered, false);
  gone.abort();
  assert.equal((await poll).status, 304);
});

Deno.test("a long poll ends at its time, and answers at once what is new to the caller", async () => {
  const { headers } = await get(POP, "pop:FRA");
  assert.equal((await get(`${POP}?wait=0.05`, "pop:FRA", headers.get("etag")!)).status, 304);
  assert.equal((await get(`${POP}?wait=20`, "pop:FRA", '"old"')).status, 200);
  assert.equal((await get(`${POP}?wait=20`, "pop:FRA")).status, 200);
  for (const wait of ["21", "-1", "x"]) {
    const { status, body } = await get(`${POP}?wait=${wait}`, "pop:FRA");
    assert.deepEqual([status, body.errors[0].path], [422, "wait"]);
  }
});

Deno.test("everyone gets its own configuration only", async () => {
  const cases: [string, string, number, string][] = [
    [POP, "pop:NYC", 403, "forbidden"],
    [POP, "edge:local", 403, "forbidden"],
    [EDGE, "pop:FRA", 403, "forbidden"],
    [POP, "cell:E39", 401, "unauthenticated"],
    ["/internal/pops/fra/configuration", "pop:FRA", 404, "not_found"],
    ["/internal/pops/AMS/configuration", "pop:FRA", 403, "forbidden"],
    [`/internal/edges/${"x".repeat(33)}/configuration`, "edge:local", 404, "not_found"],
  ];
  for (const [path, service, status, code] of cases) {
    const answer = await get(path, service);
    assert.deepEqual([answer.status, answer.body.code], [status, code], path);
  }
  assert.equal((await plane().call("GET", POP)).status, 401);
  const token = await plane().serviceToken("pop:FRA", "cell:E39");
  assert.equal((await plane().call("GET", POP, { token })).status, 401);
  const { token: partners } = await plane().partner();
  assert.equal((await plane().call("GET", POP, { token: partners })).status, 401);
});

Deno.test("many who ask at once cost one reading", async () => {
  const { headers } = await get(POP, "pop:FRA");
  const polls = Array.from(
    { length: 30 },
    () => get(`${POP}?wait=20`, "pop:FRA", headers.get("etag")!),
  );
  await get(POP, "pop:FRA");
  await plane().tenant(await plane().partner());
  const versions = (await Promise.all(polls)).map(({ body }) => body.version);
  assert.equal(new Set(versions).size, 1);
});
