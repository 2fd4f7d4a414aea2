import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { SoftphoneAnswer } from "../../protocol/softphone/softphone_frame.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { FAKE_FIGURES } from "../testing/fake_media.ts";
import { SOFTPHONE_CLOSE } from "./softphone_close.ts";
import { SoftphoneRegistry } from "./softphone_registry.ts";
import { SOFTPHONE_LIMITS } from "./softphone_limits.ts";
import { SoftphoneSession } from "./softphone_session.ts";

const TENANT = "018f0000-0000-7000-8000-000000000001";
const CALL = "018f0000-0000-7000-8000-00000000000c";
const LEG = "018f0000-0000-7000-8000-00000000000b";
const log = createLogger({ service: "test", write: () => {} });

function phone(registry = new SoftphoneRegistry(() => {}), lifetime = 600) {
  const sent: SoftphoneAnswer[] = [];
  const media: string[] = [];
  let closed: number | null = null;
  let lost = (_id: string, _wasConnected: boolean) => {};
  const session = new SoftphoneSession({
    send: (answer) => sent.push(answer),
    close: (code) => closed = code,
    authenticate: (token) =>
      token === "bad"
        ? Promise.reject(new AntiphonError("unauthenticated", "no"))
        : Promise.resolve({
          sub: token,
          tenant: TENANT,
          roles: ["agent"],
          exp: Math.floor(Date.now() / 1000) + lifetime,
          clusterId: "E39",
        }),
    openMedia: ({ transportLost }) => {
      lost = transportLost;
      return {
        routerCapabilities: () => ({ codecs: [] }),
        createTransport: (direction) => ({ id: direction }),
        connectTransport: () => {
          throw new AntiphonError("unknown_entity", "no such transport");
        },
        produce: () => ({ id: "mic" }),
        consume: () => ({ id: "ear" }),
        setPaused: (id, paused) => media.push(`${id} ${paused ? "paused" : "on"}`),
        sendDigits: (digits) => media.push(`digits ${digits}`),
        openLeg: () => ({
          codec: "PCMU",
          audio: "audio",
          ringback: () => media.push("ringback"),
          close: () => (media.push("leg closed"), Promise.resolve(FAKE_FIGURES)),
        }),
        close: () => media.push("closed"),
      };
    },
    onRegistered: (s) => registry.add(s),
    onClosed: (s) => registry.remove(s),
    log,
    now: Date.now,
  });
  const ask = async (frame: Record<string, unknown>) => {
    await session.receive(JSON.stringify({ id: 1, ...frame }));
    return sent.at(-1)!;
  };
  return {
    session,
    ask,
    sent,
    media,
    registry,
    lose: lost,
    closed: () => closed,
    lost: () => lost,
  };
}

const hello = (accessToken = "anna") => ({ method: "hello", accessToken });
const codeOf = (answer: SoftphoneAnswer) =>
  "problem" in answer ? answer.problem.code : "ok" in answer ? "ok" : "event";

Deno.test("SoftphoneSession speaks mediasoup's steps once hello was accepted", async () => {
  const t = phone();
  assert.equal(codeOf(await t.ask({ method: "router-capabilities" })), "unauthenticated");
  assert.equal(codeOf(await t.ask(hello())), "ok");
  assert.deepEqual(t.registry.softphones("E39"), [{ tenantId: TENANT, agentId: "anna" }]);
  assert.deepEqual(t.registry.softphones("C14"), []);
  const made = await t.ask({ method: "create-transport", direction: "send" });
  assert.deepEqual(made, { id: 1, ok: true, data: { id: "send" } });
  const produce = { method: "produce", transportId: LEG, kind: "audio", rtpParameters: {} };
  assert.deepEqual(await t.ask(produce), { id: 1, ok: true, data: { id: "mic" } });
  assert.equal(codeOf(await t.ask({ method: "send-digits", digits: "12#" })), "ok");
  assert.equal(codeOf(await t.ask({ method: "pause-producer", producerId: LEG })), "ok");
  assert.deepEqual(t.media, ["digits 12#", `${LEG} paused`]);
  t.session.end(1000, "");
});

Deno.test("SoftphoneSession answers what does not fit with a problem and goes on", async () => {
  const t = phone();
  await t.ask(hello());
  assert.equal(codeOf(await t.ask({ method: "fly" })), "invalid_request");
  const dtlsParameters = { fingerprints: [{ algorithm: "sha-256", value: "AA" }] };
  const connect = { method: "connect-transport", transportId: LEG, dtlsParameters };
  assert.equal(codeOf(await t.ask(connect)), "unknown_entity");
  assert.equal(t.closed(), null);
  await t.session.receive("no json");
  assert.equal(t.closed(), SOFTPHONE_CLOSE.badFrame);
});

Deno.test("SoftphoneSession closes on a refused hello, giant frames and floods", async () => {
  const refused = phone();
  assert.equal(codeOf(await refused.ask(hello("bad"))), "unauthenticated");
  assert.equal(refused.closed(), SOFTPHONE_CLOSE.unauthenticated);
  const giant = phone();
  await giant.session.receive("x".repeat(SOFTPHONE_LIMITS.frame + 1));
  assert.equal(giant.closed(), SOFTPHONE_CLOSE.badFrame);
  const flood = phone();
  await flood.ask(hello());
  for (let i = 0; i < 100 && flood.closed() === null; i++) await flood.ask({ method: "ping" });
  assert.equal(flood.closed(), SOFTPHONE_CLOSE.tooMany);
});

Deno.test("SoftphoneSession carries one leg at a time and tells the browser", async () => {
  const t = phone();
  await t.ask(hello());
  const wanted = { tenantId: TENANT, agentId: "anna", callId: CALL, legId: LEG };
  const leg = await t.registry.take(wanted, () => {});
  assert.deepEqual(t.sent.at(-1), { event: "leg-joined", callId: CALL, legId: LEG });
  await assert.rejects(t.registry.take({ ...wanted, legId: CALL }, () => {}), /another call/);
  assert.equal(await leg.close(), FAKE_FIGURES);
  assert.deepEqual(t.sent.at(-1), { event: "leg-left", callId: CALL, legId: LEG });
  await assert.rejects(t.registry.take({ ...wanted, agentId: "bert" }, () => {}), /not connected/);
  t.session.end(1000, "");
  await assert.rejects(t.registry.take(wanted, () => {}), /not connected/);
});

Deno.test("SoftphoneSession loses its leg with its transport or its socket", async () => {
  const t = phone();
  await t.ask(hello());
  const wanted = { tenantId: TENANT, agentId: "anna", callId: CALL, legId: LEG };
  let lost = 0;
  await t.registry.take(wanted, () => lost++);
  t.lost()(CALL, false);
  assert.equal(lost, 0);
  t.lost()(LEG, true);
  assert.equal(lost, 1);
  assert.deepEqual(t.sent.at(-1), { event: "transport-closed", transportId: LEG });
  t.session.end(1006, "gone");
  assert.equal(lost, 2);
  assert.equal(t.registry.size, 0);
});

Deno.test("SoftphoneRegistry lets the newest softphone of an agent win", async () => {
  let changes = 0;
  const registry = new SoftphoneRegistry(() => changes++);
  const [older, newer] = [phone(registry), phone(registry)];
  await older.ask(hello());
  await newer.ask(hello());
  assert.equal(older.closed(), SOFTPHONE_CLOSE.replaced);
  assert.equal(registry.size, 1);
  assert.equal(changes, 1);
  registry.close();
  assert.equal(newer.closed(), SOFTPHONE_CLOSE.goingDown);
  assert.equal(registry.size, 0);
});

Deno.test("SoftphoneSession outlives its token only while a call's leg is on it", async () => {
  const t = phone(undefined, 0);
  await t.session.receive(JSON.stringify({ id: 1, ...hello() }));
  const wanted = { tenantId: TENANT, agentId: "anna", callId: CALL, legId: LEG };
  const leg = await t.registry.take(wanted, () => {});
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(t.closed(), null);
  await leg.close();
  assert.equal(t.closed(), SOFTPHONE_CLOSE.unauthenticated);
});

Deno.test("SoftphoneSession renews with a token of the same person only", async () => {
  const t = phone();
  await t.ask(hello());
  assert.equal(codeOf(await t.ask(hello())), "ok");
  assert.equal(codeOf(await t.ask(hello("bert"))), "forbidden");
  assert.equal(t.closed(), SOFTPHONE_CLOSE.unauthenticated);
});
