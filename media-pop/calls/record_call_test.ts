import assert from "node:assert/strict";
import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import { CallScript } from "./call_script.ts";
import { CALL_TIMES } from "./call_times.ts";

const ID = "018f0000-0000-7000-8000-0000000000e1";
const OTHER = "018f0000-0000-7000-8000-0000000000e2";
const leaveMessage = (change = {}): CallCommand => ({
  type: "record-message",
  recordingId: ID,
  items: [],
  beep: true,
  maxSeconds: 60,
  silenceSeconds: 4,
  terminator: "#",
  ...change,
});
const record = (action: "start" | "pause" | "resume" | "stop", recordingId = ID): CallCommand => ({
  type: "record",
  action,
  recordingId,
});
const music: CallCommand = {
  type: "play",
  items: [{ type: "library", name: "music" }],
  loop: true,
};
const figures = { seconds: 3, empty: false, pauses: [] };
const closed = { type: "recording-closed" as const, recordingId: ID, figures };
const names = (call: CallScript) =>
  call.taken().map((a) => a.type === "event" ? a.event.type : a.type);
const results = (call: CallScript) =>
  call.actions.flatMap((a) => a.type === "result" ? [a.code] : []);

/** A call that is leaving a message, the beep over. */
function recording(change = {}): CallScript {
  const call = CallScript.answered().command(leaveMessage(change), "m")
    .input({ type: "played", playId: "m", outcome: "completed" });
  call.actions = [];
  return call;
}

Deno.test("a message begins after its beep, which makes no event", () => {
  const call = CallScript.answered().command(leaveMessage(), "m");
  assert.deepEqual(call.taken(), [
    { type: "media-play", playId: "m", items: [{ type: "library", name: "beep" }], loop: false },
  ]);
  call.input({ type: "played", playId: "m", outcome: "completed" });
  assert.deepEqual(names(call), ["recording-start", "recording.changed"]);
});

Deno.test("a message begins at once without a beep, and when the beep never ends", () => {
  const at = CallScript.answered().command(leaveMessage({ beep: false }));
  assert.deepEqual(names(at), ["recording-start", "recording.changed"]);
  const late = CallScript.answered().command(leaveMessage());
  late.actions = [];
  assert.deepEqual(names(late.wait(CALL_TIMES.prompt)), ["recording-start", "recording.changed"]);
});

Deno.test("a message ends by its terminator and is told once its file is closed", () => {
  const call = recording().input({ type: "digit", digit: "5" });
  assert.deepEqual(names(call), []);
  call.wait(3000).input({ type: "digit", digit: "#" });
  assert.deepEqual(call.taken(), [
    { type: "recording-stop", recordingId: ID, outcome: "complete" },
  ]);
  call.input(closed).input(closed);
  assert.deepEqual(call.events(), [{
    type: "call.recorded",
    commandId: "m",
    recordingId: ID,
    kind: "message",
    startedAt: 0,
    seconds: 3,
    outcome: "complete",
    pauses: [],
  }]);
  assert.equal(call.state.typed, "", "what ended it is not typed ahead");
});

Deno.test("a message ends by silence, by too much time, and when another thing is asked", () => {
  const ends: [string, (call: CallScript) => CallScript][] = [
    ["silence", (c) => c.input({ type: "recording-ended", recordingId: ID, outcome: "silence" })],
    ["failed", (c) => c.input({ type: "recording-ended", recordingId: ID, outcome: "failed" })],
    ["too-long", (c) => c.wait(60_000)],
    ["complete", (c) => c.command(music)],
    ["complete", (c) => c.command(leaveMessage({ recordingId: OTHER }))],
  ];
  for (const [outcome, end] of ends) {
    const call = end(recording()).input(closed);
    const [told] = call.events().filter((e) => e.type === "call.recorded");
    assert.equal(told.outcome, outcome);
    assert.equal(told.recordingId, ID);
  }
});

Deno.test("a message in which nobody spoke is empty, and so is one before its beep", () => {
  const call = recording().input({ type: "digit", digit: "#" });
  call.input({ ...closed, figures: { seconds: 0, empty: true, pauses: [] } });
  const early = CallScript.answered().command(leaveMessage()).command(music);
  for (const one of [call, early]) {
    const [told] = one.events().filter((e) => e.type === "call.recorded");
    assert.deepEqual([told.outcome, told.seconds], ["empty", 0]);
  }
  assert.ok(early.actions.some((action) => action.type === "media-stop"));
});

Deno.test("a caller who hangs up leaves the message; the call ends after its file is closed", () => {
  const call = recording().input({ type: "caller-hung-up" });
  assert.deepEqual(names(call), ["recording-stop", "media-close"]);
  call.input({ type: "media-closed", media: null });
  assert.deepEqual(call.events(), []);
  call.input(closed);
  const [recorded, ended] = call.events();
  assert.ok(recorded.type === "call.recorded" && recorded.outcome === "hung-up");
  assert.equal(ended.type, "call.ended");
});

Deno.test("a file that is never closed holds nothing up, and the clock tells the length", () => {
  const call = recording().wait(5000).input({ type: "caller-hung-up" })
    .input({ type: "media-closed", media: null }).wait(CALL_TIMES.closing);
  const [recorded, ended] = call.events();
  assert.ok(recorded.type === "call.recorded" && recorded.seconds === 7);
  assert.equal(ended.type, "call.ended");
});

Deno.test("a call is recorded across agents, paused, resumed and stopped", () => {
  const call = CallScript.answered().command(record("start"), "r");
  assert.deepEqual(names(call), ["recording-start", "recording.changed"]);
  const legId = "018f0000-0000-7000-8000-00000000000b";
  call.command({ type: "join", legId, agentId: "anna" })
    .input({ type: "leg-joined", legId, codec: "PCMU" });
  call.actions = [];
  call.command(record("pause")).command(record("pause"));
  assert.deepEqual(call.taken(), [
    { type: "recording-gate", recordingId: ID, closed: true, lingerMs: 500 },
    {
      type: "event",
      event: { type: "recording.changed", recordingId: ID, kind: "call", state: "paused" },
    },
  ]);
  call.command(record("resume"));
  assert.deepEqual(names(call), ["recording-gate", "recording.changed"]);
  call.command(record("stop")).input(closed);
  assert.deepEqual(names(call), ["recording-stop", "call.recorded"]);
  call.command(record("pause"), "late");
  assert.deepEqual(results(call), ["unknown_entity"]);
});

Deno.test("a call has one recording at a time; a start repeated is no error", () => {
  const call = CallScript.answered().command(record("start"));
  call.command(record("start")).command(record("start", OTHER)).command(record("stop", OTHER));
  assert.deepEqual(results(call), [null, null, "state_not_allowed", "unknown_entity"]);
  const early = new CallScript().command(record("start"));
  assert.deepEqual(results(early), ["state_not_allowed"]);
});

Deno.test("a call and a message within it are recorded side by side", () => {
  const call = CallScript.answered().command(record("start", OTHER))
    .command(leaveMessage({ beep: false }));
  call.input({ type: "caller-hung-up" });
  const stopped = call.taken().flatMap((a) => a.type === "recording-stop" ? [a.outcome] : []);
  assert.deepEqual(stopped, ["complete", "hung-up"]);
});

Deno.test("the terminator skips what is heard before a message", () => {
  const call = CallScript.answered().command(leaveMessage());
  call.actions = [];
  call.input({ type: "digit", digit: "#" });
  assert.deepEqual(names(call), ["media-stop", "recording-start", "recording.changed"]);
});

Deno.test("a message whose prompt cannot be played fails", () => {
  const call = CallScript.answered().command(leaveMessage(), "m");
  call.input({ type: "played", playId: "m", outcome: "failed", code: "speech_unavailable" });
  const [told] = call.events();
  assert.ok(told.type === "call.recorded" && told.outcome === "failed" && told.seconds === 0);
});

Deno.test("a call's recording is gated while digits are collected under a key", () => {
  const call = CallScript.answered().command(record("start"));
  call.actions = [];
  const collect: CallCommand = {
    ...{ type: "collect", items: [], interruptible: true, maxDigits: 4, terminator: null },
    ...{ firstDigitMs: 5000, interDigitMs: 3000 },
    seal: { keyId: "k", jwk: { kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43) } },
  };
  call.command(collect);
  assert.deepEqual(names(call), ["recording-gate", "recording.changed"]);
  for (const digit of "471") call.input({ type: "digit", digit });
  assert.deepEqual(names(call), []);
  call.input({ type: "digit", digit: "1" });
  const gate = call.actions.find((action) => action.type === "recording-gate");
  assert.ok(gate?.type === "recording-gate" && !gate.closed);
  assert.equal(gate.lingerMs, CALL_TIMES.secretLingers);
  assert.deepEqual(names(call), ["seal", "recording-gate", "recording.changed"]);
  call.input({ type: "sealed", commandId: "c2", jwe: "jwe" });
  call.command(record("pause")).command(collect);
  call.actions = [];
  call.wait(5000);
  assert.ok(names(call).every((name) => name === "call.collected"), "the pause goes on");
  call.command({ ...collect, seal: null }).command(record("resume"));
  assert.deepEqual(names(call), ["recording-gate", "recording.changed"]);
});
