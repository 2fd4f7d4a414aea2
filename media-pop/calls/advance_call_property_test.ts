import assert from "node:assert/strict";
import fc from "fast-check";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import { CallEvent } from "../../protocol/pop_link/call_event.ts";
import type { PromptItem } from "../../protocol/pop_link/prompt_item.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { RecordingPause } from "../../protocol/recording/recording.ts";
import type { CallInput } from "./call_input.ts";
import { CallScript } from "./call_script.ts";
import { nextDeadline } from "./next_deadline.ts";

const LEGS = ["018f0000-0000-7000-8000-00000000000b", "018f0000-0000-7000-8000-00000000000d"];
const legId = fc.constantFrom(...LEGS);
const recordingId = fc.constantFrom(
  "018f0000-0000-7000-8000-0000000000e1",
  "018f0000-0000-7000-8000-0000000000e2",
);
const playId = fc.constantFrom("c0", "c1", "c2", "c3", "pop:hold");
const ms = fc.integer({ min: 1, max: 20_000 });
const media = fc.constant(null);
const items = fc.array(
  fc.constantFrom<PromptItem>(
    { type: "library", name: "music" },
    { type: "say", text: "Hello", language: "en", voice: null, transient: false },
  ),
  { minLength: 1, maxLength: 3 },
);
const SEAL: SealKey = {
  keyId: "tenant:1",
  jwk: { kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43) },
};
const cause = fc.constantFrom("agent-lost" as const, "busy" as const, "agent-hung-up" as const);
const sipStatus = fc.constantFrom(null, 486);

const command: fc.Arbitrary<CallCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("answer" as const) }) },
  fc.record({
    type: fc.constant("play" as const),
    items,
    loop: fc.boolean(),
  }),
  fc.record({ type: fc.constant("stop-play" as const) }),
  fc.record({
    type: fc.constant("collect" as const),
    items: fc.oneof(fc.constant([]), items),
    interruptible: fc.boolean(),
    seal: fc.constantFrom(null, SEAL),
    maxDigits: fc.integer({ min: 1, max: 4 }),
    firstDigitMs: ms,
    interDigitMs: ms,
    terminator: fc.constantFrom("#" as const, null),
  }),
  fc.record({
    type: fc.constant("record-message" as const),
    recordingId,
    items: fc.oneof(fc.constant([]), items),
    beep: fc.boolean(),
    maxSeconds: fc.integer({ min: 1, max: 30 }),
    silenceSeconds: fc.constantFrom(3, null),
    terminator: fc.constantFrom("#" as const, null),
  }),
  fc.record({
    type: fc.constant("record" as const),
    action: fc.constantFrom("start" as const, "pause" as const, "resume" as const, "stop" as const),
    recordingId,
  }),
  fc.record({ type: fc.constant("join" as const), legId, agentId: fc.constant("anna") }),
  fc.record({
    type: fc.constant("dial" as const),
    legId,
    number: fc.constant("+4930123456"),
    callerId: fc.constant(null),
    ringSeconds: fc.integer({ min: 5, max: 120 }),
  }),
  fc.record({
    ...{ type: fc.constant("stream" as const), streamId: legId, connectMs: ms, firstAudioMs: ms },
    ...{ silentMs: ms, wholeMs: ms, url: fc.constant("wss://bot"), authorization: fc.constant("") },
    ...{ encoding: fc.constant("audio/x-mulaw" as const), sampleRate: fc.constant(8000 as const) },
    ...{ parameters: fc.constant({}), seal: fc.constant(null) },
  }),
  fc.record({ type: fc.constant("stop-stream" as const), streamId: legId }),
  fc.record({ type: fc.constant("leave" as const), legId, cause: fc.constant("failure" as const) }),
  fc.record({
    type: fc.constant("hang-up" as const),
    cause: fc.constant("flow-hung-up" as const),
    sipStatus: fc.constantFrom(null, 486),
  }),
);
const tag = <T extends CallInput["type"]>(type: T) => fc.record({ type: fc.constant(type) });
const input: fc.Arbitrary<CallInput> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("command" as const),
      commandId: fc.constantFrom("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9"),
      command,
    }),
  },
  tag("cancelled"),
  tag("caller-hung-up"),
  tag("signalling-lost"),
  tag("media-failed"),
  tag("media-timeout"),
  tag("shut-down"),
  fc.record({ type: fc.constant("held" as const), held: fc.boolean() }),
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("media-opened" as const), codec: fc.constant("X") }),
  },
  fc.record({
    type: fc.constant("played" as const),
    playId,
    outcome: fc.constantFrom("completed" as const, "interrupted" as const),
  }),
  fc.record({
    type: fc.constant("played" as const),
    playId,
    outcome: fc.constant("failed" as const),
    code: fc.constant("prompt_unavailable"),
  }),
  fc.record({
    type: fc.constant("sealed" as const),
    commandId: playId,
    jwe: fc.constantFrom("a.b", null),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("digit" as const),
      digit: fc.constantFrom("1", "2", "#", "?"),
    }),
  },
  fc.record({ type: fc.constant("media-closed" as const), media }),
  tag("called-ringing"),
  tag("called-early"),
  fc.record({ type: fc.constant("called-answered" as const), codec: fc.constant("PCMA") }),
  fc.record({ type: fc.constant("called-failed" as const), cause, sipStatus }),
  fc.record({ type: fc.constant("leg-joined" as const), legId, codec: fc.constant("PCMU") }),
  fc.record({ type: fc.constant("leg-early" as const), legId }),
  fc.record({ type: fc.constant("leg-lost" as const), legId, cause, sipStatus }),
  fc.record({ type: fc.constant("leg-closed" as const), legId, media }),
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("stream-opened" as const), streamId: legId }),
  },
  fc.record({ type: fc.constant("stream-heard" as const), streamId: legId }),
  fc.record({
    ...{ type: fc.constant("stream-message" as const), streamId: legId },
    ...{ author: fc.constant("bot" as const), text: fc.constant("Hello") },
  }),
  fc.record({
    ...{ type: fc.constant("stream-outcome" as const), streamId: legId },
    ...{ outcome: fc.constant("handled" as const), reason: fc.constant(null) },
    ...{ variables: fc.constant({}), sealed: fc.constant({}) },
  }),
  fc.record({
    ...{ type: fc.constant("stream-lost" as const), streamId: legId },
    fault: fc.constant("closed" as const),
  }),
  fc.record({
    type: fc.constant("recording-ended" as const),
    recordingId,
    outcome: fc.constantFrom("silence" as const, "failed" as const),
  }),
  fc.record({
    type: fc.constant("recording-closed" as const),
    recordingId,
    figures: fc.option(fc.record({
      seconds: fc.constant(1),
      empty: fc.boolean(),
      pauses: fc.constant<RecordingPause[]>([]),
    })),
  }),
);
/** A call that came in, or one of ours that rings for so long. */
const beginnings = fc.option(fc.integer({ min: 5, max: 120 }), { nil: undefined });
const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 9000 }), input), { maxLength: 60 });

Deno.test("the call machine holds its promises whatever happens", () => {
  fc.assert(
    fc.property(beginnings, steps, (ours, script) => {
      const call = new CallScript(ours);
      for (const [gap, next] of script) {
        const wasEnded = call.state.phase === "ended";
        call.wait(gap);
        const before = call.actions.length;
        call.input(next);
        const actions = call.actions.slice(before);
        const results = actions.filter((a) => a.type === "result");
        assert.equal(results.length, next.type === "command" ? 1 : 0);
        if (wasEnded) assert.equal(actions.length, results.length);
        assert.equal(nextDeadline(call.state) === null, call.state.phase === "ended");
        for (const a of actions) if (a.type === "event") CallEvent.parse(a.event);
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("every call ends by its deadlines alone, with one call.ended as its last event", () => {
  fc.assert(fc.property(beginnings, steps, (ours, script) => {
    const call = new CallScript(ours);
    for (const [gap, next] of script) call.wait(gap).input(next);
    for (let i = 0; call.state.phase !== "ended"; i++) {
      assert.ok(i < 20, "deadlines must lead to the end");
      call.wait(Math.max(0, nextDeadline(call.state)! - call.now));
    }
    const events = call.events();
    assert.equal(events.filter((e) => e.type === "call.ended").length, 1);
    assert.equal(events.at(-1)?.type, "call.ended");
    const answers = call.actions.filter((a) => a.type === "sip-answer" || a.type === "sip-reject");
    assert.ok(answers.length <= 1, "one final answer to the INVITE");
    const begin = new Set(["agent-join", "number-dial"]);
    const begun = call.actions.filter((a) => begin.has(a.type)).length;
    const over = events.filter((e) => e.type === "leg.ended").length;
    assert.equal(over, begun, "every B leg that was begun ends once");
    const count = (type: string) => call.actions.filter((a) => a.type === type).length;
    assert.equal(count("stream-open"), count("stream-close"), "every stream is closed once");
    const parted = events.filter((e) => e.type === "stream.ended").length;
    assert.equal(parted, count("stream-open"), "every stream's end is told once");
    const kept = call.actions.filter((a) => a.type === "recording-start");
    const recorded = events.filter((e) => e.type === "call.recorded");
    for (const { recordingId } of kept) {
      const times = kept.filter((a) => a.recordingId === recordingId).length;
      const told = recorded.filter((e) => e.recordingId === recordingId).length;
      assert.ok(told >= times, "every recording that was begun is told of");
    }
    const closed = call.actions.filter((a) => a.type === "media-close").length;
    const opened = call.actions.filter((a) => a.type === "media-open").length;
    assert.ok(closed <= opened + Number(ours !== undefined));
    assert.equal(
      call.actions.filter((a) => a.type === "call-out").length,
      Number(ours !== undefined),
    );
    if (ours !== undefined) assert.equal(answers.length, 0, "nobody's INVITE is answered");
  }));
});

Deno.test("every collect that was taken is reported, and a repeat of it is not", () => {
  fc.assert(fc.property(steps, (script) => {
    const call = CallScript.answered();
    for (const [gap, next] of script) call.wait(gap).input(next);
    const ids = call.events().flatMap((e) => e.type === "call.collected" ? [e.commandId] : []);
    assert.equal(new Set(ids).size, ids.length);
  }));
});

Deno.test("a call of ours rings for its time at most, and is heard by who was joined to it", () => {
  fc.assert(fc.property(fc.integer({ min: 5, max: 120 }), steps, (ours, script) => {
    const call = new CallScript(ours);
    let heard = false;
    for (const [gap, next] of script) {
      call.wait(gap).input(next);
      const { phase, bLeg, stage } = call.state;
      if (call.now >= ours * 1000) assert.notEqual(phase, "dialling");
      heard = call.actions.some((a) => a.type === "bridge" && a.legId === bLeg?.legId);
      const talks = phase === "up" || stage === "early-media";
      if (bLeg?.phase === "joined" && talks) assert.ok(heard);
      if (phase === "dialling" && stage !== "early-media") assert.ok(!heard);
    }
    const stages = call.events().flatMap((e) => e.type === "call.progress" ? [e.stage] : []);
    assert.equal(stages[0], "placed");
    assert.equal(new Set(stages).size, stages.length);
  }));
});

Deno.test("digits of a collect with a key are in no event, and the next clear one has none of them", () => {
  const digit = fc.constantFrom("1", "2", "3", "#");
  const typing = fc.array(fc.tuple(fc.integer({ min: 0, max: 9000 }), digit), { maxLength: 12 });
  fc.assert(fc.property(typing, typing, typing, (before, during, after) => {
    const call = CallScript.answered();
    const type = (digits: typeof before) => {
      for (const [gap, digit] of digits) call.wait(gap).input({ type: "digit", digit });
    };
    const collect = {
      ...{ type: "collect", items: [], interruptible: true, maxDigits: 4 } as const,
      ...{ firstDigitMs: 5000, interDigitMs: 3000, terminator: "#" } as const,
    };
    type(before);
    call.command({ ...collect, seal: SEAL }, "secret");
    assert.equal(call.state.secretDigits, true);
    type(during);
    call.command({ type: "play", items: [{ type: "library", name: "thanks" }], loop: false });
    call.input({ type: "sealed", commandId: "secret", jwe: "j.w.e" });
    assert.equal(call.state.secretDigits, true);
    call.command({ ...collect, seal: null }, "clear");
    assert.equal(call.state.secretDigits, false);
    const typed = call.events().flatMap((e) => e.type === "call.collected" ? [e.digits ?? ""] : []);
    assert.equal(typed.join(""), "");
    type(after);
    const wrong = call.events().filter((e) =>
      e.type === "call.collected" && e.commandId === "secret"
    );
    assert.ok(wrong.every((e) => e.type === "call.collected" && (e.digits ?? "") === ""));
  }));
});
