import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Prompt } from "../media/prompts/prompt.ts";
import assert from "node:assert/strict";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { PlacedCallEvent } from "../../protocol/pop_link/call_event.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { FAKE_FIGURES, FakeMediaLeg } from "../testing/fake_media.ts";
import { Watched } from "../testing/watched.ts";
import { CallDesk } from "./call_desk.ts";
import { SCRIPTED_CALL } from "./call_script.ts";
import type { CalledEvents, DialEvents } from "./media_leg.ts";

const B_LEG = "018f0000-0000-7000-8000-00000000000b";

function desk(changes: { noMedia?: boolean; noAgent?: boolean; draining?: boolean } = {}) {
  const events = new Watched<PlacedCallEvent>();
  const signalled: string[] = [];
  const ended: string[] = [];
  const media: FakeMediaLeg[] = [];
  let agentLost = () => {};
  let dialled: DialEvents | undefined;
  let called: CalledEvents | undefined;
  const calls = new CallDesk({
    publish: (cluster, placed) => (assert.equal(cluster, "E39"), events.push(placed)),
    openStream: () => ({ audio: "bot", digit: () => {}, close: () => {} }),
    prepare: (items) =>
      Promise.all(items.map((item) => {
        if (item.type === "library" && item.name !== "unknown") {
          return new Prompt(item.name, new Uint8Array());
        }
        return Promise.reject(new AntiphonError("prompt_unavailable", "no such prompt"));
      })),
    record: () => {
      throw new Error("not recorded here");
    },
    takeAgent: (_wanted, lost) => {
      agentLost = lost;
      if (changes.noAgent) return Promise.reject(new Error("not here"));
      const close = () => Promise.resolve(FAKE_FIGURES);
      const ringback = () => void signalled.push("ringback");
      return Promise.resolve({ codec: "PCMU", audio: "anna", ringback, close });
    },
    callOut: (wanted, told) => {
      signalled.push(`call ${wanted.number} as ${wanted.callerId}`);
      called = told;
      const leg = new FakeMediaLeg({ digit: () => {}, timeout: () => {} });
      media.push(leg);
      return {
        media: leg,
        audio: "called",
        close: (cause) => (signalled.push(`close ${cause}`), leg.close()),
      };
    },
    mayCallOut: (clusterId, tenantId) =>
      clusterId === "E39" && tenantId === SCRIPTED_CALL.tenantId && !changes.draining,
    onEnded: ({ callId }) => ended.push(callId),
    log: createLogger({ service: "test", write: () => {} }),
    counters: new Counters(),
  });
  const call = calls.open(SCRIPTED_CALL, {
    carrier: {
      answer: (sdp) => signalled.push(`answer ${sdp}`),
      reject: (status) => signalled.push(`reject ${status}`),
      bye: (cause) => signalled.push(`bye ${cause}`),
    },
    dial: (wanted, told) => {
      signalled.push(`dial ${wanted.number}`);
      dialled = told;
      return {
        audio: "outside",
        close: (cause) => (signalled.push(`drop ${cause}`), Promise.resolve(FAKE_FIGURES)),
      };
    },
    openMedia: (handlers) => {
      if (changes.noMedia) return Promise.reject(new Error("no port"));
      media.push(new FakeMediaLeg(handlers));
      return Promise.resolve(media[0]);
    },
  });
  let count = 0;
  const command = (body: CallCommand, commandId = `c${++count}`) =>
    calls.command("E39", {
      type: "command",
      commandId,
      epoch: 1,
      tenantId: SCRIPTED_CALL.tenantId,
      callId: SCRIPTED_CALL.callId,
      command: body,
    });
  const event = async (type: string) =>
    (await events.first((placed) => placed.event.type === type, type)).event;
  return {
    calls,
    call,
    command,
    event,
    events,
    signalled,
    ended,
    media,
    lose: () => agentLost(),
    dialled: () => dialled!,
    called: () => called!,
  };
}

Deno.test("CallDesk runs a call from ringing to its figures", async () => {
  const t = desk();
  assert.deepEqual(t.calls.liveCalls("E39"), [SCRIPTED_CALL]);
  assert.deepEqual(t.calls.liveCalls("C14"), []);
  t.command({ type: "answer" });
  await t.event("call.answered");
  t.command({ type: "play", items: [{ type: "library", name: "welcome" }], loop: false }, "p");
  await new Promise<void>((played) => t.media[0].onPlay = played);
  t.media[0].complete();
  assert.deepEqual(await t.event("call.played"), {
    type: "call.played",
    commandId: "p",
    outcome: "completed",
  });
  t.command({ type: "join", legId: B_LEG, agentId: "anna" });
  await t.event("leg.joined");
  t.command({ type: "hang-up", cause: "agent-hung-up", sipStatus: null });
  assert.deepEqual(await t.event("call.ended"), {
    type: "call.ended",
    cause: "agent-hung-up",
    sipStatus: null,
    media: FAKE_FIGURES,
  });
  assert.deepEqual(t.signalled, ["answer v=0 fake", "bye agent-hung-up"]);
  assert.deepEqual(t.media[0].log, ["play welcome", "bridge anna", "close"]);
  assert.deepEqual(t.ended, [SCRIPTED_CALL.callId]);
  assert.equal(t.calls.live, 0);
});

Deno.test("CallDesk plays hold music when the softphone is lost", async () => {
  const t = desk();
  t.command({ type: "answer" });
  await t.event("call.answered");
  t.command({ type: "join", legId: B_LEG, agentId: "anna" });
  await t.event("leg.joined");
  t.lose();
  assert.deepEqual(await t.event("leg.ended"), {
    type: "leg.ended",
    legId: B_LEG,
    cause: "agent-lost",
    sipStatus: null,
    media: FAKE_FIGURES,
  });
  assert.deepEqual(t.media[0].log, ["bridge anna", "play hold-music loop"]);
  t.call.input({ type: "caller-hung-up" });
  await t.event("call.ended");
});

Deno.test("CallDesk reports an agent who is not there as lost", async () => {
  const t = desk({ noAgent: true });
  t.command({ type: "answer" });
  await t.event("call.answered");
  assert.equal(t.command({ type: "join", legId: B_LEG, agentId: "anna" }).ok, true);
  const ended = await t.event("leg.ended");
  assert.equal(ended.type === "leg.ended" && ended.cause, "agent-lost");
  t.calls.shutDown();
  await t.event("call.ended");
  assert.equal(t.signalled.at(-1), "bye platform-hung-up");
});

const dial = {
  type: "dial",
  legId: B_LEG,
  number: "+4930555",
  callerId: null,
  ringSeconds: 20,
} as const;

Deno.test("CallDesk dials a number, bridges its early audio, and drops it when told", async () => {
  const t = desk();
  t.command({ type: "answer" });
  await t.event("call.answered");
  t.command(dial);
  t.dialled().early();
  t.dialled().answered("PCMU");
  assert.deepEqual(await t.event("leg.joined"), {
    type: "leg.joined",
    legId: B_LEG,
    agentId: null,
    codec: "PCMU",
  });
  t.command({ type: "leave", legId: B_LEG, cause: "platform-hung-up" });
  const ended = await t.event("leg.ended");
  assert.deepEqual(ended.type === "leg.ended" && ended.media, FAKE_FIGURES);
  t.dialled().ended("agent-hung-up", null);
  assert.deepEqual(t.media[0].log, ["bridge outside", "bridge outside"]);
  t.call.input({ type: "caller-hung-up" });
  await t.event("call.ended");
  const signals = ["answer v=0 fake", "dial +4930555", "drop platform-hung-up"];
  assert.deepEqual(t.signalled, signals);
});

Deno.test("CallDesk reports a number that is busy with its status", async () => {
  const t = desk();
  t.command({ type: "answer" });
  await t.event("call.answered");
  t.command(dial);
  t.dialled().ended("busy", 486);
  const ended = await t.event("leg.ended");
  assert.ok(ended.type === "leg.ended");
  assert.deepEqual([ended.cause, ended.sipStatus], ["busy", 486]);
  assert.deepEqual(t.media[0].log, []);
  t.call.input({ type: "caller-hung-up" });
  await t.event("call.ended");
});

Deno.test("CallDesk refuses with 503 when there is no media to answer with", async () => {
  const t = desk({ noMedia: true });
  t.command({ type: "answer" });
  await t.event("call.ended");
  assert.deepEqual(t.signalled, ["reject 503"]);
});

Deno.test("CallDesk reports a prompt that cannot be played as failed", async () => {
  const t = desk();
  t.command({ type: "answer" });
  await t.event("call.answered");
  t.command({ type: "play", items: [{ type: "library", name: "unknown" }], loop: false });
  const played = await t.event("call.played");
  assert.ok(played.type === "call.played");
  assert.deepEqual([played.outcome, played.code], ["failed", "prompt_unavailable"]);
  t.call.input({ type: "caller-hung-up" });
  await t.event("call.ended");
});

Deno.test("CallDesk shows a call to its own cluster and tenant only, and repeats results later", async () => {
  const t = desk();
  const frame = {
    type: "command",
    commandId: "x",
    epoch: 1,
    tenantId: SCRIPTED_CALL.tenantId,
    callId: SCRIPTED_CALL.callId,
    command: { type: "answer" },
  } as const;
  const gone = { ok: false, code: "call_gone" };
  assert.deepEqual(t.calls.command("C14", frame), gone);
  assert.deepEqual(t.calls.command("E39", { ...frame, tenantId: B_LEG }), gone);
  assert.deepEqual(t.calls.command("E39", { ...frame, callId: B_LEG }), gone);
  t.command({ type: "hang-up", cause: "rejected", sipStatus: 486 }, "h");
  await t.event("call.ended");
  assert.equal(t.command({ type: "hang-up", cause: "rejected", sipStatus: 486 }, "h").ok, true);
  assert.equal(t.command({ type: "answer" }, "late").code, "call_gone");
});

Deno.test("LiveCall answers re-INVITEs while it is up and hears that it is on hold", async () => {
  const t = desk();
  assert.equal(t.call.renegotiate("hold"), null);
  t.command({ type: "answer" });
  await t.event("call.answered");
  assert.equal(t.call.renegotiate("impossible"), null);
  assert.equal(t.call.renegotiate("hold")?.answer, "answer to hold");
  t.media[0].events.timeout();
  assert.equal(t.call.ended, false);
  t.call.renegotiate("resume");
  t.media[0].events.timeout();
  const ended = await t.event("call.ended");
  assert.equal(ended.type === "call.ended" && ended.cause, "media-timeout");
});

const OURS = "018f0000-0000-7000-8000-0000000000cc";
const originate = {
  type: "originate",
  legId: "018f0000-0000-7000-8000-0000000000ca",
  number: "+4930555",
  callerId: "+4969900100",
  ringSeconds: 20,
} as const;

function ours(t: ReturnType<typeof desk>) {
  const { tenantId } = SCRIPTED_CALL;
  const frame = { type: "command", epoch: 1, tenantId, callId: OURS } as const;
  const command = (body: CallCommand, commandId: string, cluster = "E39") =>
    t.calls.command(cluster, { ...frame, commandId, command: body });
  const events = () =>
    t.events.items.flatMap(({ callId, event }) => callId === OURS ? [event] : []);
  return { command, events, types: () => events().map(({ type }) => type) };
}

Deno.test("CallDesk places a call of ours once, which is then one like any other", async () => {
  const t = desk();
  const { command, events, types } = ours(t);
  const soon = { ...originate, notAfter: Date.now() + 30_000 };
  assert.deepEqual(command(soon, "o1"), { ok: true, code: null });
  assert.deepEqual(command(soon, "o1"), { ok: true, code: null });
  assert.deepEqual(command(soon, "o2"), { ok: true, code: null });
  assert.deepEqual(t.signalled, ["call +4930555 as +4969900100"]);
  assert.deepEqual(t.calls.liveCalls("E39").map(({ callId }) => callId).includes(OURS), true);
  command({ type: "join", legId: B_LEG, agentId: "anna" }, "j1");
  t.called().ringing!();
  await t.event("leg.joined");
  assert.equal(t.signalled.at(-1), "ringback");
  t.called().answered("PCMA");
  assert.deepEqual(types(), ["call.progress", "call.progress", "leg.joined", "call.answered"]);
  assert.deepEqual(t.media.at(-1)!.log, ["bridge anna"]);
  t.called().ended("agent-hung-up", null);
  await t.events.first(
    ({ callId, event }) => callId === OURS && event.type === "call.ended",
    "end",
  );
  const last = events().at(-1)!;
  assert.deepEqual(last, {
    type: "call.ended",
    cause: "caller-hung-up",
    sipStatus: null,
    media: FAKE_FIGURES,
  });
  // Its command is not carried out again when it is repeated late.
  assert.deepEqual(command(soon, "o1"), { ok: true, code: null });
  assert.equal(t.signalled.filter((line) => line.startsWith("call ")).length, 1);
  t.calls.shutDown();
});

Deno.test("CallDesk tells the status that a call of ours was refused with", async () => {
  const t = desk();
  const { command, types } = ours(t);
  command({ ...originate, notAfter: Date.now() + 30_000 }, "o1");
  t.called().ended("busy", 486);
  const { event } = await t.events.first(({ event }) => event.type === "call.ended", "end");
  assert.ok(event.type === "call.ended");
  assert.deepEqual([event.cause, event.sipStatus], ["busy", 486]);
  assert.deepEqual(types(), ["call.progress", "call.ended"]);
  t.calls.shutDown();
});

Deno.test("CallDesk refuses a call of ours that is late, another's, or comes to a PoP that drains", () => {
  const soon = { ...originate, notAfter: Date.now() + 30_000 };
  const refusals = [
    [desk(), { ...originate, notAfter: 1 }, "E39", "deadline_exceeded"],
    [desk(), { ...originate, notAfter: Date.now() + 3_600_000 }, "E39", "deadline_exceeded"],
    [desk({ draining: true }), soon, "E39", "forbidden"],
  ] as const;
  for (const [t, body, cluster, code] of refusals) {
    const { command, types } = ours(t);
    assert.deepEqual(command(body, "o1", cluster), { ok: false, code });
    assert.deepEqual([types(), t.signalled], [["call.ended"], []]);
    t.calls.shutDown();
  }
});

Deno.test("CallDesk answers a hang-up of a call that is not here with its end", () => {
  const t = desk();
  const { command, events } = ours(t);
  const hangUp = { type: "hang-up", cause: "no-answer", sipStatus: null } as const;
  assert.deepEqual(command(hangUp, "h1"), { ok: false, code: "call_gone" });
  assert.deepEqual(events().map(({ type }) => type), ["call.ended"]);
  t.calls.shutDown();
});
