import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { DesktopSocket } from "./testing/desktop_socket.ts";
import { ASSET, EdgeHarness, TENANT } from "./testing/edge_harness.ts";

const agentView = {
  id: "anna",
  name: "Anna",
  state: "idle",
  idleCode: null,
  since: 1,
  softphoneConnected: false,
};
const snapshot = {
  agent: agentView,
  offers: [],
  assignments: [],
  messages: [],
  idleCodes: [],
  wrapUpCodes: [],
};
const changed = (since: number) => ({ type: "agent.changed", agent: { ...agentView, since } });
const presence = { "/internal/agent-presence": () => Response.json(snapshot) };
const problem = (code: string, status: number) =>
  Response.json({ type: "x", title: code, status, detail: code, code }, { status });

let edge: EdgeHarness;
Deno.test.beforeAll(async () => {
  edge = await EdgeHarness.start();
});
Deno.test.afterAll(async () => {
  await edge[Symbol.asyncDispose]();
});

async function connected(): Promise<{ desktop: DesktopSocket; session: string }> {
  edge.answers = { ...presence };
  const desktop = await DesktopSocket.open(edge.url);
  desktop.hello(await edge.accessToken());
  const { session } = await desktop.frame("welcome");
  await desktop.frame("event", (f) => f.event.type === "snapshot");
  return { desktop, session };
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${edge.url}${path}`, { method: "POST", headers, body });
}

function webhook(body: string, secret = "app-secret"): Promise<Response> {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return post(`/hooks/whatsapp/${ASSET}`, body, { "x-hub-signature-256": `sha256=${signature}` });
}

Deno.test("sign-on gives an access token, and keeps the refresh token in a cookie", async () => {
  const grant = (refreshToken: string) => ({
    accessToken: "a",
    expiresIn: 600,
    refreshToken,
    refreshExpiresIn: 3600,
    agent: { id: "anna", name: "Anna", roles: ["agent"] },
  });
  edge.answers = {
    "/internal/sign-on": (body) =>
      body.grant === "revoke"
        ? Response.json({})
        : Response.json(grant((body.grant === "password" ? "r" : "n").repeat(43))),
  };
  const request = JSON.stringify({ tenant: "aurora", username: "anna", password: "secret" });
  const first = await post("/v1/sign-on", request);
  const answer = await first.json();
  assert.equal(answer.tenantName, "Aurora Travel");
  assert.equal(answer.softphoneUrl, "ws://127.0.0.1:7030/softphone");
  assert.equal(answer.refreshToken, undefined);
  const cookie = first.headers.get("set-cookie")!.split(";")[0];
  assert.match(first.headers.get("set-cookie")!, /HttpOnly; SameSite=Strict/);

  const second = await post("/v1/sign-on/refresh", "", { cookie });
  assert.match(second.headers.get("set-cookie")!, new RegExp(`${"n".repeat(43)};`));
  await second.body?.cancel();
  const off = await post("/v1/sign-off", "", { cookie });
  assert.equal(off.status, 204);
  assert.match(off.headers.get("set-cookie")!, /Max-Age=0/);
});

Deno.test("sign-on refuses bad fields, wrong passwords and a session that is none", async () => {
  const bad = await post("/v1/sign-on", JSON.stringify({ tenant: "Not A Slug", username: "" }));
  assert.equal(bad.status, 422);
  assert.deepEqual((await bad.json()).errors.map((e: { path: string }) => e.path), [
    "tenant",
    "username",
    "password",
  ]);
  edge.answers = { "/internal/sign-on": () => problem("invalid_credentials", 401) };
  const request = (tenant: string) =>
    JSON.stringify({ tenant, username: "ben", password: "wrong" });
  for (const tenant of ["aurora", "no-such-tenant"]) {
    const refused = await post("/v1/sign-on", request(tenant));
    assert.equal(refused.status, 401);
    assert.equal((await refused.json()).code, "invalid_credentials");
  }
  const none = await post("/v1/sign-on/refresh", "");
  assert.equal(none.status, 401);
  await none.body?.cancel();
});

Deno.test("sign-on tells who tries too often to wait", async () => {
  edge.answers = { "/internal/sign-on": () => problem("invalid_credentials", 401) };
  const request = JSON.stringify({ tenant: "aurora", username: "guess", password: "wrong" });
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) {
    const response = await post("/v1/sign-on", request);
    statuses.push(response.status);
    if (response.status === 429) assert.ok(Number(response.headers.get("retry-after")) > 0);
    await response.body?.cancel();
  }
  assert.equal(statuses.at(-1), 429);
});

Deno.test("a webhook with the right signature is stored and handed over in order", async () => {
  edge.asked.length = 0;
  edge.answers = { "/internal/inbox": () => Response.json({ taken: true }) };
  for (const text of ["one", "two", "grüße 👋"]) {
    assert.equal((await webhook(JSON.stringify({ text }))).status, 200);
  }
  await edge.until((a) => String(a.body.body).includes("grüße 👋"));
  const taken = edge.asked.filter((a) => a.path === "/internal/inbox");
  assert.deepEqual(taken.map((a) => JSON.parse(String(a.body.body)).text), [
    "one",
    "two",
    "grüße 👋",
  ]);
  assert.equal(taken[0].body.tenantId, TENANT);
});

Deno.test("a webhook with a wrong signature, no asset or too many bytes is refused", async () => {
  edge.asked.length = 0;
  const unsigned = await webhook("{}", "wrong");
  assert.equal(unsigned.status, 401);
  assert.equal((await unsigned.json()).code, "signature_mismatch");
  const unknown = await post("/hooks/whatsapp/01890a5d-ac96-774b-bcce-b30209900000", "{}");
  assert.equal(unknown.status, 404);
  await unknown.body?.cancel();
  const large = await webhook("x".repeat(1_048_577));
  assert.equal(large.status, 413);
  await large.body?.cancel();
  assert.deepEqual(edge.asked, []);
});

Deno.test("the provider's handshake is answered with its challenge", async () => {
  const ask = (token: string) =>
    fetch(
      `${edge.url}/hooks/whatsapp/${ASSET}?hub.mode=subscribe&hub.verify_token=${token}` +
        "&hub.challenge=1158201444",
    );
  assert.equal(await (await ask("verify-me")).text(), "1158201444");
  const wrong = await ask("guess");
  assert.equal(wrong.status, 403);
  await wrong.body?.cancel();
});

Deno.test("webhooks taken while the cell is down outlive workerd and arrive in order", async () => {
  edge.asked.length = 0;
  edge.cellUp = false;
  edge.answers = { "/internal/inbox": () => Response.json({ taken: true }) };
  assert.equal((await webhook('{"n":1}')).status, 200);
  assert.equal((await webhook('{"n":2}')).status, 200);
  await edge.workerd.stop();
  edge.controlPlaneUp = false;
  await edge.startWorkerd();
  assert.equal((await webhook('{"n":3}')).status, 200, "the control plane is not needed");
  edge.cellUp = true;
  await edge.until((a) => a.body.body === '{"n":3}');
  edge.controlPlaneUp = true;
  const taken = edge.asked.filter((a) => a.path === "/internal/inbox").map((a) => a.body.body);
  assert.deepEqual(taken, ['{"n":1}', '{"n":2}', '{"n":3}']);
});

Deno.test("a webhook that the cell will never take is set aside and blocks no other", async () => {
  edge.asked.length = 0;
  edge.answers = {
    "/internal/inbox": (body) =>
      body.body === '"poison"' ? problem("invalid_request", 422) : Response.json({ taken: true }),
  };
  assert.equal((await webhook('"poison"')).status, 200);
  assert.equal((await webhook('"good"')).status, 200);
  await edge.until((a) => a.body.body === '"good"');
});

Deno.test("a session numbers events and resumes after a drop without loss or repeat", async () => {
  const { desktop, session } = await connected();
  await (await edge.push([{ deliveryId: "e1", event: changed(1) }])).text();
  const { seq } = await desktop.frame("event", (f) => f.event.type === "agent.changed");
  await desktop.close();
  await (await edge.push([
    { deliveryId: "e1", event: changed(1) },
    { deliveryId: "e2", event: changed(2) },
  ])).text();

  const again = await DesktopSocket.open(edge.url);
  again.hello(await edge.accessToken(), session, seq);
  assert.deepEqual(await again.frame("welcome"), { type: "welcome", session, resumed: true });
  await (await edge.push([{ deliveryId: "e3", event: changed(3) }])).text();
  await again.frame("event", (f) => f.event.type === "agent.changed" && f.event.agent.since === 3);
  assert.deepEqual(again.frames.filter((f) => f.type === "event").map((f) => f.seq), [
    seq + 1,
    seq + 2,
  ]);
  await again.close();
});

Deno.test("a session gives a snapshot when it cannot be resumed", async () => {
  const { desktop } = await connected();
  await desktop.close();
  const again = await DesktopSocket.open(edge.url);
  again.hello(await edge.accessToken(), crypto.randomUUID(), 3);
  assert.equal((await again.frame("welcome")).resumed, false);
  await again.frame("event", (f) => f.event.type === "snapshot");
  await again.close();
});

Deno.test("a command is carried to the cell and its answer back", async () => {
  const { desktop } = await connected();
  edge.answers = {
    ...presence,
    "/internal/agent-commands": (body) =>
      (body.command as { type: string }).type === "agent.sign-out"
        ? problem("state_not_allowed", 409)
        : Response.json({}),
  };
  const commandId = crypto.randomUUID();
  desktop.send({
    type: "command",
    commandId,
    command: { type: "agent.set-state", state: "available" },
  });
  assert.equal((await desktop.frame("result")).ok, true);
  const other = crypto.randomUUID();
  desktop.send({ type: "command", commandId: other, command: { type: "agent.sign-out" } });
  const refused = await desktop.frame("result", (f) => f.commandId === other);
  assert.equal(refused.problem?.code, "state_not_allowed");
  await desktop.close();
});

Deno.test("a command waits for a cell that comes back, and the desktop is told", async () => {
  const { desktop } = await connected();
  edge.cellUp = false;
  const commandId = crypto.randomUUID();
  desktop.send({
    type: "command",
    commandId,
    command: { type: "agent.set-state", state: "available" },
  });
  await desktop.frame("cluster", (f) => !f.reachable);
  edge.cellUp = true;
  assert.equal((await desktop.frame("result")).ok, true);
  await desktop.frame("cluster", (f) => f.reachable);
  await desktop.close();
});

Deno.test("a session is closed for a bad frame, a bad token and another agent's token", async () => {
  const { desktop } = await connected();
  desktop.send({ type: "command", commandId: "x", command: {} });
  assert.deepEqual(await desktop.closing(), { code: 4400, reason: "Bad frame at commandId" });
  for (
    const token of ["nonsense", await edge.accessToken("ben"), await edge.accessToken("anna", -60)]
  ) {
    const socket = await DesktopSocket.open(edge.url);
    socket.hello(token);
    assert.equal((await socket.closing()).code, 4401);
  }
});

Deno.test("a session that says no hello is closed, and a newer desktop replaces an older", async () => {
  const silent = await DesktopSocket.open(edge.url);
  const { desktop } = await connected();
  const { desktop: newer } = await connected();
  assert.equal((await desktop.closing()).code, 4409);
  await newer.close();
  assert.equal((await silent.closing()).code, 4408);
});

Deno.test("a session refuses an older epoch, another cluster and an unsigned push", async () => {
  const event = { deliveryId: "f1", event: changed(9) };
  await (await edge.push([event], { epoch: 5 })).text();
  const stale = await edge.push([{ ...event, deliveryId: "f2" }], { epoch: 4 });
  assert.equal(stale.status, 421);
  assert.equal((await stale.json()).code, "stale_epoch");
  const foreign = await edge.push([event], { as: "other", epoch: 6 });
  assert.equal(foreign.status, 403);
  await foreign.body?.cancel();
  const unsigned = await post(`/internal/agents/${TENANT}/anna/events`, "{}");
  assert.equal(unsigned.status, 401);
  await unsigned.body?.cancel();
});

Deno.test("a desktop that stays away is reported gone after its grace", async () => {
  const { desktop } = await connected();
  edge.asked.length = 0;
  await desktop.close();
  const told = await edge.until((a) => a.path === "/internal/agent-presence");
  assert.equal(told.body.connected, false);
});

Deno.test("reading needs a token that is good", async () => {
  edge.answers = { "/v1/queues": () => Response.json({ items: [] }) };
  const read = (token: string) =>
    fetch(`${edge.url}/v1/queues`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(await (await read(await edge.accessToken())).text(), '{"items":[]}');
  const expired = await read(await edge.accessToken("anna", -60));
  assert.equal(expired.status, 401);
  assert.equal((await expired.json()).code, "token_expired");
});
