import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Connector } from "../../protocol/configuration/connector.ts";
import { Connector as ConnectorSchema } from "../../protocol/configuration/connector.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { indexConfiguration } from "../configuration/configuration_index.ts";
import { OutgoingHttp } from "../egress/outgoing_http.ts";
import { createSealer } from "../secrets/sealer.ts";
import { TenantKeys } from "../secrets/tenant_keys.ts";
import { cellTestDatabase } from "../testing/cell_test_database.ts";
import { type Behaviour, type SeenRequest, serviceDouble } from "../testing/service_double.ts";
import { EXAMPLE } from "../testing/tenant_harness.ts";
import { type TestCertificates, testCertificates } from "../testing/test_certificates.ts";
import { HttpService } from "./http_service.ts";
import { TEST_FENCE } from "../testing/test_fence.ts";

const CARD = "4000056655665556";
const SECRET = "a very secret token";
const newId = uuidV7();
const sealer = createSealer(randomBytes(32).toString("base64url"));
let certificates: TestCertificates;
let database: Awaited<ReturnType<typeof cellTestDatabase>>;
Deno.test.beforeAll(async () => {
  certificates = await testCertificates();
  database = await cellTestDatabase();
});
Deno.test.afterAll(async () => {
  await certificates.remove();
  await database.close();
});

// deno-lint-ignore no-explicit-any
type Draft = Record<string, any>;

/** A tenant with one connector to a server, whose requests go through the real thing. */
async function stage(behave: Behaviour, connector: Draft = {}, settings: Draft = {}) {
  const server = await serviceDouble(behave, certificates.files.ec);
  const tenantId = newId();
  const lines: string[] = [];
  const { db } = database;
  const keys = new TenantKeys({ db, sealer, now: Date.now });
  const clock = { ahead: 0 };
  const now = () => Date.now() + clock.ahead;
  const waits: number[] = [];
  const outgoing = new OutgoingHttp({
    ...TEST_FENCE,
    egress: {
      allow: new Set([server.host]),
      resolve: () => Promise.reject(new Error("no names")),
      ca: [certificates.ca],
    },
    timer: realTimer,
  });
  const service = new HttpService({
    ...{ db, sealer, keys, outgoing, now, random: () => 0, counters: new Counters() },
    log: createLogger({ service: "test", level: "debug", write: (line) => lines.push(line) }),
    timer: (ms, run) => {
      // Waits between attempts pass at once.
      if (ms >= 100 && ms < 4_000) {
        waits.push(ms);
        return realTimer(0, run);
      }
      return realTimer(ms, run);
    },
  });
  const whole: Connector = ConnectorSchema.parse({
    ...{ id: "crm", name: "CRM", baseUrl: `${server.url}/api`, authorised: true },
    ...connector,
  });
  const secretOf = async (secret: string) => {
    await db.insertInto("cell.entity_secrets").values({
      ...{ tenant_id: tenantId, kind: "connectors", id: "crm", sealed: await sealer.seal(secret) },
    }).execute();
  };
  const configuration = indexConfiguration(
    TenantConfiguration.parse({ ...EXAMPLE, connectors: [whole], settings }),
    new Map(),
    new Map(),
  );
  const signal = new AbortController();
  const ask = (request: Draft = {}, step = 7) =>
    service.perform({
      ...{ tenantId, interactionId: "i1", step, configuration },
      request: {
        ...{ type: "http", connectorId: "crm", method: "GET", address: "/contacts", headers: {} },
        ...{ body: null, contentType: "application/json", format: null, outputs: [] },
        ...{ until: now() + 8_000, retries: 2, redirects: 0 },
        ...request,
      } as never,
    }, signal.signal);
  return {
    ...{ server, tenantId, keys, ask, secretOf, lines, waits, clock, configuration, signal },
    close: async () => {
      outgoing.close();
      await server.close();
    },
  };
}

function realTimer(ms: number, run: () => void): () => void {
  const id = setTimeout(run, ms);
  return () => clearTimeout(id);
}

const json = (value: unknown, status = 200): Behaviour => (_, response) => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
};
const output = (variable: string, path: string, more: Draft = {}) => ({
  ...{ variable, path, type: "text", required: true, sensitive: false },
  ...more,
});

Deno.test("a request goes out through its connector and brings back values, sensitive ones sealed", async () => {
  const at = await stage(
    json({ name: "Rosa", card: CARD }),
    { headers: { "x-team": "voice" }, authentication: { type: "bearer" } },
  );
  await at.secretOf(SECRET);
  const answer = await at.ask({
    outputs: [output("name", "$.name"), output("card", "$.card", { sensitive: true })],
    headers: { "X-Trace": "t1", "x-team": "another" },
    address: "/contacts?q=a%20b",
  });
  assert.deepEqual(answer.values, { name: "Rosa" });
  assert.deepEqual([answer.outcome, answer.status, answer.code], ["answered", 200, null]);
  assert.equal(await at.keys.open(at.tenantId, answer.sealed.card), CARD);
  const [{ method, path, headers }] = at.server.seen;
  assert.deepEqual([method, path], ["GET", "/api/contacts?q=a%20b"]);
  assert.deepEqual([headers.authorization, headers["x-team"], headers["x-trace"]], [
    `Bearer ${SECRET}`,
    "voice",
    "t1",
  ]);
  assert.equal(headers["idempotency-key"], undefined);
  assert.doesNotMatch(
    JSON.stringify(answer) + at.lines.join(),
    new RegExp(`${CARD}|${SECRET}`),
  );
  await at.close();
});

Deno.test("every kind of authentication is written as its standard says", async () => {
  const cases: [Draft, string, string][] = [
    [{ type: "basic", username: "anna" }, "authorization", `Basic ${btoa(`anna:${SECRET}`)}`],
    [{ type: "api-key", header: "X-Key" }, "x-key", SECRET],
  ];
  for (const [authentication, name, value] of cases) {
    const at = await stage(json({}), { authentication });
    await at.secretOf(SECRET);
    await at.ask();
    assert.equal(at.server.seen[0].headers[name], value);
    await at.close();
  }
  const at = await stage(json({}), { authentication: { type: "bearer" } });
  assert.equal((await at.ask()).code, "service-sign-in-failed", "without a secret");
  assert.equal(at.server.seen.length, 0);
  await at.close();
});

Deno.test("an OAuth token is asked for once by many, used until shortly before its end, and asked for anew when refused", async () => {
  let tokens = 0;
  let refused = false;
  const behave: Behaviour = (request, response) => {
    if (request.path === "/token") {
      tokens += 1;
      return json({ access_token: `t${tokens}`, token_type: "Bearer", expires_in: 100 })(
        request,
        response,
      );
    }
    const good = !refused || request.headers.authorization !== "Bearer t2";
    return json({}, good ? 200 : 401)(request, response);
  };
  for (const credentialsIn of ["header", "body"]) {
    tokens = 0;
    refused = false;
    const authentication = {
      type: "oauth-client-credentials",
      clientId: "me:1",
      scope: "a b",
      credentialsIn,
    };
    const at = await stage(behave, {});
    const { crm } = { crm: at.configuration.connectors.get("crm")! };
    Object.assign(crm, {
      authentication: { ...authentication, tokenUrl: `${at.server.url}/token` },
    });
    await at.secretOf("s/1");
    const answers = await Promise.all(Array.from({ length: 8 }, () => at.ask()));
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(tokens, 1);
    const [asked] = at.server.seen.filter(({ path }) => path === "/token");
    const form = new URLSearchParams(asked.body);
    assert.deepEqual([form.get("grant_type"), form.get("scope")], ["client_credentials", "a b"]);
    if (credentialsIn === "header") {
      assert.equal(asked.headers.authorization, `Basic ${btoa("me%3A1:s%2F1")}`);
      assert.equal(form.get("client_secret"), null);
    } else assert.equal(form.get("client_secret"), "s/1");
    at.clock.ahead += 60_000;
    await at.ask();
    assert.equal(tokens, 1);
    at.clock.ahead += 15_000;
    await at.ask();
    assert.equal(tokens, 2);
    refused = true;
    assert.equal((await at.ask()).status, 200);
    assert.equal(tokens, 3);
    await at.close();
  }
  const at = await stage(json({ error: "invalid_client" }, 401));
  Object.assign(at.configuration.connectors.get("crm")!, {
    authentication: {
      type: "oauth-client-credentials",
      clientId: "a",
      scope: "",
      credentialsIn: "header",
      tokenUrl: `${at.server.url}/token`,
    },
  });
  await at.secretOf("s");
  assert.equal((await at.ask()).code, "service-sign-in-failed");
  await at.close();
});

Deno.test("flows act only through what is authorised, and only where it says", async () => {
  const at = await stage(json({}), { paths: ["/contacts", "/a"], methods: ["GET"] });
  const code = async (request: Draft) => (await at.ask(request)).code;
  for (
    const address of [
      "/",
      "/contactsx",
      "/../admin",
      "/contacts/../../admin",
      "/contacts/%2e%2e/x",
      "/contacts/..%2f..%2fadmin",
      "/contacts/..%5cadmin",
      "//evil.example/contacts",
      "@evil.example/contacts",
      "/contacts\\..\\x",
      "https://evil.example/contacts",
    ]
  ) assert.equal(await code({ address }), "node-not-authorised", address);
  assert.equal(await code({ method: "POST" }), "node-not-authorised");
  assert.equal(await code({ connectorId: "other" }), "node-not-authorised");
  assert.equal(at.server.seen.length, 0);
  for (const address of ["/contacts", "contacts/1", "/a/b%2Fc", "/contacts?x=/../y"]) {
    assert.equal(await code({ address }), null, address);
  }
  Object.assign(at.configuration.connectors.get("crm")!, { authorised: false });
  assert.equal(await code({}), "node-not-authorised");
  await at.close();
});

Deno.test("a whole address needs its host to be allowed, and to be public", async () => {
  const at = await stage(json({ a: 1 }), {}, { httpHosts: ["localhost", "api.example.com"] });
  const plain = (address: string) => at.ask({ connectorId: null, address });
  assert.equal((await plain(`${at.server.url}/x`)).status, 200);
  assert.equal((await plain("https://other.example/")).code, "node-not-authorised");
  assert.equal((await plain("https://user@localhost/")).code, "node-not-authorised");
  assert.equal((await plain("http://localhost:1/")).code, "egress-refused");
  assert.equal((await plain("https://api.example.com/")).code, "egress-refused");
  assert.equal((await plain("nowhere")).code, "invalid-request");
  await at.close();
});

Deno.test("sealed values are opened only in the request, and only for a connector that may have them", async () => {
  const at = await stage(json({}), { methods: ["POST"], sensitiveVariables: true });
  const value = `${CARD}"<&`;
  const sealed = { sealed: await at.keys.seal(at.tenantId, value) };
  const card = { sealed: await at.keys.seal(at.tenantId, CARD) };
  const post = (more: Draft) => at.ask({ method: "POST", ...more });
  assert.equal(
    (await post({
      ...{ address: ["/pay/", sealed], headers: { "x-card": [card] } },
      ...{ body: ['{"card":"', sealed, '"}'] },
    })).status,
    200,
  );
  const last = () => at.server.seen.at(-1) as SeenRequest;
  assert.equal(last().path, `/api/pay/${encodeURIComponent(value)}`);
  assert.equal(last().headers["x-card"], CARD);
  assert.equal(JSON.parse(last().body).card, value);
  await post({ body: ["<c>", sealed, "</c>"], contentType: "text/xml" });
  assert.equal(last().body, `<c>${CARD}&#34;&#60;&#38;</c>`);
  await post({ body: ["card=", sealed], contentType: "application/x-www-form-urlencoded" });
  assert.equal(new URLSearchParams(last().body).get("card"), value);
  const newline = { sealed: await at.keys.seal(at.tenantId, "a\r\nx-b: c") };
  assert.equal((await post({ headers: { "x-card": [newline] } })).code, "value-invalid");
  const stranger = { sealed: await at.keys.seal(newId(), CARD) };
  assert.equal((await post({ body: [stranger] })).code, "sealed-unreadable");
  const count = at.server.seen.length;
  Object.assign(at.configuration.connectors.get("crm")!, { sensitiveVariables: false });
  assert.equal((await post({ body: [card] })).code, "node-not-authorised");
  assert.equal(at.server.seen.length, count);
  assert.doesNotMatch(at.lines.join(), new RegExp(CARD));
  await at.close();
});

Deno.test("repeats carry one Idempotency-Key, keep to Retry-After, and end", async () => {
  let left = 2;
  const at = await stage((request, response) => {
    if (left-- > 0) {
      response.writeHead(503, { "retry-after": "1" }).end();
      return;
    }
    return json({ ok: true })(request, response);
  });
  const answer = await at.ask({ method: "POST", body: "{}" }, 9);
  assert.equal(answer.status, 200);
  assert.deepEqual(at.server.seen.map(({ headers }) => headers["idempotency-key"]), [
    "i1:9",
    "i1:9",
    "i1:9",
  ]);
  assert.deepEqual(at.waits, [1000, 1000]);
  left = 9;
  assert.equal((await at.ask({ retries: 1 })).status, 503);
  assert.equal(at.server.seen.length, 5);
  const before = at.server.seen.length;
  left = 1;
  assert.equal((await at.ask({ until: Date.now() + 900 })).status, 503, "no time for what it asks");
  assert.equal(at.server.seen.length, before + 1);
  await at.close();
});

Deno.test("a server that fails again and again is spared, then tried by one", async () => {
  let works = false;
  const at = await stage((request, response) => json({}, works ? 200 : 500)(request, response));
  for (let i = 0; i < 5; i++) assert.equal((await at.ask()).status, 500);
  assert.equal((await at.ask()).code, "service-down");
  assert.equal(at.server.seen.length, 5);
  at.clock.ahead += 10_000;
  assert.equal((await at.ask()).status, 500);
  assert.equal((await at.ask()).code, "service-down");
  works = true;
  at.clock.ahead += 20_000;
  assert.equal((await at.ask()).status, 200);
  assert.equal((await at.ask()).status, 200);
  await at.close();
});

Deno.test("what the answer does not hold is a stable code, and a late one a timeout", async () => {
  const at = await stage((request, response) => {
    if (request.path.endsWith("/slow")) return;
    if (request.path.endsWith("/html")) return void response.end("<html>");
    if (request.path.endsWith("/latin")) {
      response.writeHead(200, { "content-type": "text/plain; charset=iso-8859-1" });
      return void response.end(new Uint8Array([0xfc]));
    }
    return json({ a: "x" })(request, response);
  });
  const code = async (more: Draft) => {
    const { outcome, code } = await at.ask(more);
    return [outcome, code];
  };
  assert.deepEqual(await code({ outputs: [output("a", "$.b")] }), ["failed", "value-missing"]);
  assert.deepEqual(await code({ outputs: [output("a", "$.a", { type: "number" })] }), [
    "failed",
    "value-invalid",
  ]);
  assert.deepEqual(
    await code({ outputs: [output("a", "$.a")], address: "/html", format: "json" }),
    ["failed", "document-malformed"],
  );
  assert.deepEqual(await code({ address: "/slow", until: Date.now() + 80 }), [
    "timeout",
    "deadline-exceeded",
  ]);
  assert.deepEqual((await at.ask({ address: "/latin", outputs: [output("a", "$")] })).values, {
    a: "ü",
  });
  assert.deepEqual(await code({ headers: { host: "x" } }), ["failed", "invalid-request"]);
  await at.close();
});

Deno.test("redirects are followed only within the origin and the connector's paths, if at all", async () => {
  const at = await stage((request, response) => {
    const to = new URL(request.path, "https://x").searchParams.get("to");
    if (!to) return json({})(request, response);
    response.writeHead(302, { location: to }).end();
  }, { paths: ["/contacts"] });
  const go = async (to: string, redirects: number) => {
    const { status, code } = await at.ask({
      address: `/contacts?to=${encodeURIComponent(to)}`,
      redirects,
    });
    return status ?? code;
  };
  assert.equal(await go("/api/contacts/1", 0), 302);
  assert.equal(await go("/api/contacts/1", 3), 200);
  assert.equal(await go("https://169.254.169.254/", 3), 302);
  assert.equal(await go("/api/admin", 3), "node-not-authorised");
  await at.close();
});

Deno.test("a request that is ended says so by throwing", async () => {
  const asked = Promise.withResolvers<void>();
  const at = await stage(() => asked.resolve());
  const pending = at.ask();
  await asked.promise;
  at.signal.abort(new Error("closing"));
  await assert.rejects(pending, /closing/);
  await at.close();
});
