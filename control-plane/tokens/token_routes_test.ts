import assert from "node:assert/strict";
import { useTestPlane } from "../testing/use_test_plane.ts";

const plane = useTestPlane();
const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
  plane().call("POST", "/v1/oauth/token", { body: new URLSearchParams(fields), headers });
const grant = { grant_type: "client_credentials" };
const operator = { client_id: "operator", client_secret: "operator secret" };

Deno.test("a client gets a token with Basic or form credentials", async () => {
  const { clientId, clientSecret } = await plane().partner();
  const basic = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
  for (
    const answer of [
      await post(grant, basic),
      await post({ ...grant, client_id: clientId, client_secret: clientSecret }),
    ]
  ) {
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    const { access_token: token, ...rest } = answer.body;
    assert.deepEqual(rest, {
      token_type: "Bearer",
      expires_in: 900,
      scope: "topology:read provisioning:read provisioning:write",
    });
    assert.equal((await plane().call("GET", "/v1/tenants", { token })).status, 200);
  }
});

Deno.test("a token has no more scopes than were asked for", async () => {
  const { body } = await post({ ...grant, ...operator, scope: "topology:read" });
  assert.equal(body.scope, "topology:read");
  const token = body.access_token;
  assert.equal((await plane().call("GET", "/v1/topology", { token })).status, 200);
  assert.equal((await plane().call("GET", "/v1/tenants", { token })).status, 403);
});

Deno.test("the token endpoint's errors are those of OAuth", async () => {
  const { clientId, clientSecret } = await plane().partner();
  const own = { client_id: clientId, client_secret: clientSecret };
  const cases: [Record<string, string>, Record<string, string>, number, string][] = [
    [grant, {}, 401, "invalid_client"],
    [{ ...grant, client_id: clientId }, {}, 401, "invalid_client"],
    [{ ...grant, ...own, client_secret: "wrong" }, {}, 401, "invalid_client"],
    [{ ...grant, ...own, client_id: "unknown" }, {}, 401, "invalid_client"],
    [{ ...grant, ...operator, client_secret: clientSecret }, {}, 401, "invalid_client"],
    [{ ...grant, ...own }, { authorization: "Basic YTpi" }, 400, "invalid_request"],
    [own, {}, 400, "unsupported_grant_type"],
    [{ ...own, grant_type: "password" }, {}, 400, "unsupported_grant_type"],
    [{ ...grant, ...own, scope: "partners:write" }, {}, 400, "invalid_scope"],
  ];
  for (const [fields, headers, status, error] of cases) {
    const answer = await post(fields, headers);
    assert.deepEqual([answer.status, answer.body.error], [status, error]);
    assert.match(answer.headers.get("content-type")!, /^application\/json/);
    assert.equal(answer.headers.has("www-authenticate"), status === 401);
    if (status === 401) assert.equal(answer.body.code, "invalid_credentials");
  }
  const twice = await plane().call("POST", "/v1/oauth/token", {
    body: "grant_type=client_credentials&client_id=a&client_id=b&client_secret=c",
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  assert.deepEqual([twice.status, twice.body.error], [400, "invalid_request"]);
  const json = await plane().call("POST", "/v1/oauth/token", { body: { ...grant, ...own } });
  assert.deepEqual([json.status, json.body.error], [400, "invalid_request"]);
});

Deno.test("a token older than 15 minutes is refused", async () => {
  const { token } = await plane().partner();
  plane().clock.at += 15 * 60_000 + 6_000;
  const { status, body } = await plane().call("GET", "/v1/tenants", { token });
  plane().clock.at -= 15 * 60_000 + 6_000;
  assert.deepEqual([status, body.code], [401, "token_expired"]);
});

Deno.test("guessing a secret ends after ten tries a minute, also for the right one", async () => {
  const { clientId, clientSecret } = await plane().partner();
  const own = { ...grant, client_id: clientId, client_secret: clientSecret };
  for (let i = 0; i < 12; i++) assert.equal((await post(own)).status, 200);
  const guesses = await Promise.all(
    Array.from({ length: 15 }, () => post({ ...own, client_secret: "guess" })),
  );
  assert.equal(guesses.filter(({ status }) => status === 401).length, 10);
  const late = await post(own);
  assert.deepEqual([late.status, late.body.error], [429, "too_many_requests"]);
  assert.ok(Number(late.headers.get("retry-after")) > 0);
  plane().clock.at += 60_000;
  assert.equal((await post(own)).status, 200);
});
