import assert from "node:assert/strict";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();

Deno.test("a body that is not JSON, or not said to be, is refused", async () => {
  const { token } = await plane().partner();
  const broken = await plane().call("POST", "/v1/tenants", { token, body: '{"slug":' });
  assert.deepEqual([broken.status, broken.body.code], [400, "malformed_json"]);
  for (const headers of [{ "content-type": "text/plain" }, { "content-type": "" }]) {
    const { status, body } = await plane().call("POST", "/v1/tenants", {
      token,
      body: "{}",
      headers,
    });
    assert.deepEqual([status, body.errors[0].path], [422, "Content-Type"]);
  }
  const none = await plane().call("POST", "/v1/tenants", { token });
  assert.equal(none.status, 422);
});

Deno.test("a body that is too large is refused, also without a length", async () => {
  const { token } = await plane().partner();
  const large = JSON.stringify({ slug: "large", name: "x".repeat(300 << 10) });
  const known = await plane().call("POST", "/v1/tenants", { token, body: large });
  assert.deepEqual([known.status, known.body.code], [413, "payload_too_large"]);
  const chunks = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 40; i++) controller.enqueue(new Uint8Array(10_000).fill(32));
      controller.close();
    },
  });
  const streamed = await plane().app.request("/v1/tenants", {
    method: "POST",
    body: chunks,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  });
  assert.equal(streamed.status, 413);
  const path = `/v1/tenants/${crypto.randomUUID()}/configuration`;
  const configuration = await plane().call("PUT", path, { token, body: large });
  assert.equal(configuration.status, 422);
});

Deno.test("what is not there and what cannot be done to it are told apart", async () => {
  for (const path of ["/", "/v1", "/v1/nothing", "/v1/tenants/a/b/c", "/internal/pops"]) {
    const { status, body } = await plane().call("GET", path);
    assert.deepEqual([status, body.code], [404, "not_found"], path);
  }
  const deleted = await plane().call("DELETE", "/v1/tenants");
  assert.deepEqual([deleted.status, deleted.body.code], [405, "method_not_allowed"]);
  assert.equal(deleted.headers.get("allow"), "GET, POST");
  assert.equal((await plane().call("GET", "/v1/oauth/token")).status, 405);
});

Deno.test("every answer has a request id, and a problem names it", async () => {
  const { headers, body } = await plane().call("GET", "/v1/tenants");
  const id = headers.get("x-request-id");
  assert.equal(body.instance, `urn:uuid:${id}`);
  assert.equal(headers.get("x-content-type-options"), "nosniff");
});

Deno.test("the OpenAPI document has every route of the partner API", async () => {
  const { status, body } = await plane().call("GET", "/openapi.json");
  assert.deepEqual([status, body.openapi], [200, "3.1.0"]);
  const operations = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method} ${path}`)
  );
  assert.deepEqual(operations.sort(), [
    "get /v1/clusters",
    "get /v1/clusters/{clusterId}",
    "get /v1/clusters/{clusterId}/audit",
    "get /v1/clusters/{clusterId}/switch-overs",
    "get /v1/clusters/{clusterId}/switch-overs/{switchOverId}",
    "get /v1/tenants",
    "get /v1/tenants/{tenantId}",
    "get /v1/tenants/{tenantId}/assets",
    "get /v1/tenants/{tenantId}/configuration",
    "get /v1/tenants/{tenantId}/numbers",
    "get /v1/topology",
    "get /v1/trunks",
    "get /v1/trunks/{trunkId}",
    "patch /v1/tenants/{tenantId}",
    "post /v1/clusters/{clusterId}/switch-overs",
    "post /v1/oauth/token",
    "post /v1/partners",
    "post /v1/tenants",
    "post /v1/tenants/{tenantId}/assets",
    "post /v1/tenants/{tenantId}/numbers",
    "post /v1/trunks",
    "put /v1/tenants/{tenantId}/configuration",
  ]);
  const text = JSON.stringify(body);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    assert.ok(body.components.schemas[name], name);
  }
  const post = body.paths["/v1/tenants"].post;
  assert.deepEqual(post.security, [{ oauth2: ["provisioning:write"] }]);
  assert.ok(post.responses["422"].content["application/problem+json"]);
});

Deno.test("the page for people needs nothing but itself", async () => {
  const { status, headers, body } = await plane().call("GET", "/docs");
  assert.equal(status, 200);
  assert.match(headers.get("content-type")!, /^text\/html/);
  assert.match(headers.get("content-security-policy")!, /default-src 'none'/);
  assert.match(body, /POST \/v1\/tenants\/\{tenantId\}\/numbers/);
  assert.doesNotMatch(body, /<script|<link|https?:\/\/(?!antiphon\.dev|graph\.facebook)/);
});

Deno.test("health and metrics", async () => {
  const health = await plane().call("GET", "/health");
  assert.deepEqual([health.status, health.body], [200, {
    service: "control-plane",
    status: "ok",
    database: "ok",
  }]);
  const { body } = await plane().call("GET", "/metrics");
  assert.match(
    body,
    /antiphon_http_requests_total\{method="GET",route="\/health",status="200"\} 1/,
  );
  assert.doesNotMatch(body, /[0-9a-f]{8}-[0-9a-f]{4}/);
});
