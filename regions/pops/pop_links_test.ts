import assert from "node:assert/strict";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { TenantHarness } from "../testing/tenant_harness.ts";
import { type LoggedEvent, TenantRunner } from "../tenants/tenant_runner.ts";
import { PopLinks } from "./pop_links.ts";

const TENANT = "01890a5d-ac96-774b-bcce-b302099a8057";
const BOOT = "01890a5d-ac96-774b-bcce-b302099a8058";

/** A tenant whose log cannot be read. */
const BROKEN = "01890a5d-ac96-774b-bcce-b302099a8060";

async function setUp(commit: () => Promise<void> = () => Promise.resolve()) {
  const harness = new TenantHarness();
  let at = 1_000_000;
  const now = () => at += 1;
  const log: LoggedEvent[] = [];
  const runner = new TenantRunner({
    tenantId: TENANT,
    clusterId: "E39",
    epoch: 1,
    now,
    newId: harness.newId,
    read: async function* () {
      yield* log;
    },
    commit: async (unit, failed) => {
      try {
        await commit();
      } catch (error) {
        failed();
        throw error;
      }
      log.push(...unit.events.map((event) => ({ at: unit.at, event })));
    },
    deliver: () => {},
    recover: () => Promise.resolve(),
    deadlineMoved: () => {},
  }, harness.configuration);
  await runner.load();
  const links = new PopLinks({
    now,
    lastSeq: () => Promise.resolve(0),
    epoch: 1,
    verify: (token) =>
      token === "bad"
        ? Promise.reject(new AntiphonError("unauthenticated", "no"))
        : Promise.resolve(token),
    runner: (id) => {
      if (id === BROKEN) return Promise.reject(new AntiphonError("unavailable", "unreadable"));
      return Promise.resolve(id === TENANT ? runner : undefined);
    },
    runners: () => [runner],
    timer: () => () => {},
    log: createLogger({ service: "test", write: () => {} }),
  });
  const connect = (token = "pop:FRA") => {
    const sent: { type: string; command?: unknown }[] = [];
    let closed: number | undefined;
    const link = links.accept({
      send: (text) => sent.push(JSON.parse(text)),
      close: (code) => closed ??= code,
    });
    const tell = async (frame: object) => {
      link.receive(JSON.stringify(frame));
      await new Promise((resolve) => setTimeout(resolve, 0));
    };
    const hello = (more: object = {}) =>
      tell({
        type: "hello",
        version: 1,
        popId: "FRA",
        token,
        bootId: BOOT,
        liveCalls: [],
        softphones: [],
        ...more,
      });
    return { sent, tell, hello, closed: () => closed };
  };
  await runner.submit({ type: "presence", agentId: "anna", edgeId: "local", connected: true });
  return { links, runner, connect, harness };
}

const offered = (callId: string, seq = 1, tenantId = TENANT) => ({
  type: "event",
  seq,
  tenantId,
  callId,
  at: 1,
  event: {
    type: "call.offered",
    legId: "01890a5d-ac96-774b-bcce-b30209900001",
    trunkId: "01890a5d-ac96-774b-bcce-b30209900002",
    from: "+49301",
    to: "+4969900100",
    transport: "sip-udp",
  },
});

Deno.test("a softphone that comes after hello is still there when the PoP has told all", async () => {
  const { runner, connect } = await setUp();
  const pop = connect();
  await pop.hello();
  await pop.tell({ type: "softphone", connected: true, tenantId: TENANT, agentId: "anna" });
  await pop.tell({ type: "ping" });
  assert.equal(runner.state.agents.get("anna")!.softphonePopId, "FRA");
});

Deno.test("calls and softphones that a restarted PoP does not have any more are given up", async () => {
  const { runner, connect, harness } = await setUp();
  const first = connect();
  const callId = harness.newId();
  await first.hello({ softphones: [{ tenantId: TENANT, agentId: "anna" }] });
  await first.tell({ type: "ping" });
  await first.tell(offered(callId));
  assert.equal(runner.state.interactions.size, 1);
  const second = connect();
  await second.hello({ bootId: "01890a5d-ac96-774b-bcce-b302099a8059" });
  assert.equal(first.closed(), 4409, "the newer link replaces the older");
  assert.equal(runner.state.interactions.size, 1, "not before the PoP has told all");
  await second.tell({ type: "ping" });
  assert.equal(runner.state.interactions.size, 0);
  assert.equal(runner.state.agents.get("anna")!.softphonePopId, null);
});

Deno.test("calls that a reconnecting PoP still has go on", async () => {
  const { runner, connect, harness } = await setUp();
  const callId = harness.newId();
  const first = connect();
  await first.hello();
  await first.tell(offered(callId));
  const second = connect();
  await second.hello({ liveCalls: [{ tenantId: TENANT, callId }] });
  await second.tell({ type: "ping" });
  assert.equal(runner.state.interactions.size, 1);
});

Deno.test("a call of a tenant that is not here is refused", async () => {
  const { connect, harness } = await setUp();
  const pop = connect();
  await pop.hello();
  await pop.tell(offered(harness.newId(), 1, "01890a5d-ac96-774b-bcce-b30209900009"));
  assert.ok(pop.sent.some((frame) => frame.type === "command"));
  assert.ok(pop.sent.some((frame) => frame.type === "ack"));
});

Deno.test("a tenant that cannot be read does not take the link from the others", async () => {
  const { runner, links, connect, harness } = await setUp();
  const pop = connect();
  await pop.hello({ softphones: [{ tenantId: BROKEN, agentId: "anna" }] });
  await pop.tell(offered(harness.newId(), 1, BROKEN));
  await pop.tell({ type: "ping" });
  assert.ok(pop.sent.some((frame) => frame.type === "command"), "its call is refused");
  await pop.tell(offered(harness.newId(), 2));
  assert.equal(runner.state.interactions.size, 1);
  assert.equal(pop.closed(), undefined);
  links.reset();
  assert.equal(pop.closed(), 4503, "later the PoP is asked to tell again what stands there");
});

Deno.test("a PoP cannot speak in another PoP's name", async () => {
  const { connect } = await setUp();
  for (const token of ["pop:NYC", "bad"]) {
    const pop = connect(token);
    await pop.hello();
    assert.equal(pop.closed(), 4401);
  }
});

Deno.test("a PoP that comes again is welcomed once what its older link told is settled", async () => {
  let gate = Promise.resolve();
  const { connect, runner, harness } = await setUp(() => gate);
  const first = connect();
  await first.hello();
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const callId = harness.newId();
  await first.tell({
    type: "event",
    seq: 1,
    tenantId: TENANT,
    callId,
    at: 0,
    event: {
      type: "call.offered",
      legId: harness.newId(),
      trunkId: harness.newId(),
      from: "+4930123456",
      to: "+4969900100",
      transport: "sip-udp",
    },
  });
  assert.ok(runner.state.interactions.has(callId));
  const second = connect();
  await second.hello();
  assert.equal(first.closed(), 4409);
  assert.equal(second.sent.length, 0, "no word of what is committed while that is not known");
  resolve();
  await second.tell({ type: "ping" });
  assert.deepEqual(second.sent.map(({ type }) => type), ["pong", "welcome"]);
});

Deno.test("a call whose end is refused is still missed when its PoP comes without it", async () => {
  let gate = Promise.resolve();
  const { runner, connect, harness } = await setUp(() => gate);
  const callId = harness.newId();
  const first = connect();
  await first.hello();
  await first.tell(offered(callId));
  const { promise, reject } = Promise.withResolvers<void>();
  gate = promise;
  const ended = { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: null };
  await first.tell({ type: "event", seq: 2, tenantId: TENANT, callId, at: 0, event: ended });
  const second = connect();
  await second.hello({ bootId: harness.newId() });
  gate = Promise.resolve();
  reject(new Error("disk full"));
  await first.tell({ type: "ping" });
  await runner.load();
  assert.equal(runner.state.interactions.size, 1);
  await second.tell({ type: "ping" });
  await second.tell({ type: "ping" });
  assert.equal(runner.state.interactions.size, 0);
});
