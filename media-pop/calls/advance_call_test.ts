import assert from "node:assert/strict";
import { CallScript, SCRIPTED_CALL } from "./call_script.ts";
import { CALL_TIMES } from "./call_times.ts";

const B_LEG = "018f0000-0000-7000-8000-00000000000b";
const FIGURES = { packetsReceived: 9, packetsSent: 8, packetsLost: 1, jitterMs: 2 };
const library = (name: string) => [{ type: "library", name }] as const;
const play = (name: string, loop: boolean) =>
  ({ type: "play", items: library(name), loop }) as const;
const join = { type: "join", legId: B_LEG, agentId: "anna" } as const;
const agentLost = {
  type: "leg-lost",
  legId: B_LEG,
  cause: "agent-lost",
  sipStatus: null,
} as const;
const collect = {
  type: "collect",
  items: library("menu"),
  interruptible: true,
  seal: null,
  maxDigits: 3,
  firstDigitMs: 8000,
  interDigitMs: 3000,
  terminator: "#",
} as const;

function joined(): CallScript {
  const script = CallScript.answered().command(play("music", true), "m")
    .command(join).input({ type: "leg-joined", legId: B_LEG, codec: "PCMU" });
  script.actions = [];
  return script;
}

Deno.test("a call is offered, answered with opened media, and ended by the caller", () => {
  const script = new CallScript();
  const { legId, trunkId, from, to, transport } = SCRIPTED_CALL;
  assert.deepEqual(script.taken(), [{
    type: "event",
    event: { type: "call.offered", legId, trunkId, from, to, transport },
  }]);
  assert.deepEqual(script.command({ type: "answer" }).taken(), [{ type: "media-open" }]);
  assert.deepEqual(script.input({ type: "media-opened", codec: "PCMA" }).taken(), [
    { type: "sip-answer" },
    { type: "event", event: { type: "call.answered", codec: "PCMA" } },
  ]);
  assert.deepEqual(script.input({ type: "caller-hung-up" }).taken(), [{ type: "media-close" }]);
  assert.deepEqual(script.input({ type: "media-closed", media: FIGURES }).taken(), [{
    type: "event",
    event: { type: "call.ended", cause: "caller-hung-up", sipStatus: null, media: FIGURES },
  }]);
  assert.equal(script.state.phase, "ended");
});

Deno.test("a call nobody decides about is refused when it rang long enough", () => {
  const script = new CallScript().wait(CALL_TIMES.ringing - 1);
  assert.equal(script.state.phase, "ringing");
  script.wait(1);
  assert.deepEqual(script.taken().slice(1), [
    { type: "sip-reject", status: 503, cause: "deadline" },
    {
      type: "event",
      event: { type: "call.ended", cause: "deadline", sipStatus: null, media: null },
    },
  ]);
});

Deno.test("a ringing call is refused with the status the cell names", () => {
  const script = new CallScript()
    .command({ type: "hang-up", cause: "rejected", sipStatus: 486 });
  assert.deepEqual(script.taken()[1], { type: "sip-reject", status: 486, cause: "rejected" });
  assert.equal(script.state.phase, "ended");
});

Deno.test("a cancel while media opens closes it and sends nothing more", () => {
  const script = new CallScript().command({ type: "answer" });
  script.taken();
  assert.deepEqual(script.input({ type: "cancelled" }).taken(), [{ type: "media-close" }]);
  assert.deepEqual(script.input({ type: "media-opened", codec: "PCMA" }).taken(), []);
  script.input({ type: "media-closed", media: null });
  assert.deepEqual(script.events().map((e) => e.type), ["call.ended"]);
});

Deno.test("an answer without media becomes 503", () => {
  const script = new CallScript().command({ type: "answer" }).input({ type: "media-failed" });
  assert.ok(script.actions.some((a) => a.type === "sip-reject" && a.status === 503));
  assert.equal(script.state.phase, "ended");
});

Deno.test("a second play interrupts the first and late reports of the first are ignored", () => {
  const script = CallScript.answered()
    .command(play("welcome", false), "p1")
    .command(play("music", true), "p2")
    .input({ type: "played", playId: "p1", outcome: "interrupted" });
  assert.deepEqual(script.events(), [
    { type: "call.played", commandId: "p1", outcome: "interrupted" },
  ]);
  script.input({ type: "played", playId: "p2", outcome: "completed" });
  assert.equal(script.events().length, 2);
});

Deno.test("the first digit stops the prompt and the terminator completes the collect", () => {
  const script = CallScript.answered().command(collect, "c");
  script.taken();
  assert.deepEqual(script.input({ type: "digit", digit: "4" }).taken(), [{ type: "media-stop" }]);
  script.input({ type: "digit", digit: "2" }).input({ type: "digit", digit: "#" });
  assert.deepEqual(script.events(), [
    { type: "call.collected", commandId: "c", digits: "42", sealed: null, outcome: "complete" },
  ]);
});

Deno.test("a collect waits for the first digit from the prompt's end, then between digits", () => {
  const script = CallScript.answered().command(collect, "c").wait(60_000)
    .input({ type: "played", playId: "c", outcome: "completed" }).wait(7999);
  assert.deepEqual(script.events(), []);
  script.input({ type: "digit", digit: "1" }).wait(2999);
  assert.deepEqual(script.events(), []);
  script.wait(1);
  assert.deepEqual(script.events(), [
    { type: "call.collected", commandId: "c", digits: "1", sealed: null, outcome: "timeout" },
  ]);
});

Deno.test("digits typed ahead fill the collect without its prompt", () => {
  const script = CallScript.answered();
  for (const digit of "1234") script.input({ type: "digit", digit });
  script.command(collect, "c");
  assert.deepEqual(script.taken(), [{
    type: "event",
    event: {
      type: "call.collected",
      commandId: "c",
      digits: "123",
      sealed: null,
      outcome: "complete",
    },
  }]);
  assert.equal(script.state.typed, "4");
});

Deno.test("what may not be interrupted is heard to its end, and digits before it do not count", () => {
  const script = CallScript.answered().input({ type: "digit", digit: "9" })
    .command({ ...collect, interruptible: false }, "c");
  assert.equal(script.taken()[0].type, "media-play");
  script.input({ type: "digit", digit: "8" });
  assert.deepEqual(script.taken(), []);
  script.input({ type: "played", playId: "c", outcome: "completed" });
  for (const digit of "12#") script.input({ type: "digit", digit });
  assert.deepEqual(script.events(), [
    { type: "call.collected", commandId: "c", digits: "12", sealed: null, outcome: "complete" },
  ]);
});

Deno.test("a collect fails when what it plays does", () => {
  const script = CallScript.answered().command(collect, "c")
    .input({ type: "played", playId: "c", outcome: "failed", code: "speech_unavailable" })
    .wait(60_000);
  const told = { digits: null, sealed: null, outcome: "failed" } as const;
  assert.deepEqual(script.events(), [
    { type: "call.collected", commandId: "c", ...told, code: "speech_unavailable" },
  ]);
});

const seal = {
  keyId: "tenant:1",
  jwk: { kty: "EC", crv: "P-256", x: "x".repeat(43), y: "y".repeat(43) },
} as const;

Deno.test("digits under a key are sealed before anybody is told", () => {
  const script = CallScript.answered().command({ ...collect, items: [], seal }, "c");
  for (const digit of "471") script.input({ type: "digit", digit });
  assert.deepEqual(script.taken(), [{ type: "seal", commandId: "c", digits: "471", key: seal }]);
  assert.equal(script.state.collect, null);
  script.input({ type: "sealed", commandId: "c", jwe: "a.b.c.d.e" })
    .input({ type: "sealed", commandId: "c", jwe: "again" });
  assert.deepEqual(script.events(), [
    {
      type: "call.collected",
      commandId: "c",
      digits: null,
      sealed: "a.b.c.d.e",
      outcome: "complete",
    },
  ]);
});

Deno.test("digits that cannot be sealed in time are lost, and nothing typed needs no seal", () => {
  const script = CallScript.answered().command({ ...collect, items: [], seal }, "c");
  for (const digit of "471") script.input({ type: "digit", digit });
  script.wait(CALL_TIMES.sealing).input({ type: "sealed", commandId: "c", jwe: "late" });
  script.command({ ...collect, items: [], seal }, "d").wait(collect.firstDigitMs);
  const told = { type: "call.collected", sealed: null } as const;
  assert.deepEqual(script.events(), [
    { ...told, commandId: "c", digits: null, outcome: "failed", code: "seal_failed" },
    { ...told, commandId: "d", digits: "", outcome: "timeout" },
  ]);
});

Deno.test("joining an agent stops the music, then lets both hear each other", () => {
  const script = CallScript.answered()
    .command(play("music", true), "m").command(join);
  script.taken();
  script.input({ type: "leg-joined", legId: B_LEG, codec: "PCMU" });
  assert.deepEqual(script.taken(), [
    { type: "media-stop" },
    { type: "event", event: { type: "call.played", commandId: "m", outcome: "interrupted" } },
    { type: "bridge", legId: B_LEG },
    {
      type: "event",
      event: { type: "leg.joined", legId: B_LEG, agentId: "anna", codec: "PCMU" },
    },
  ]);
});

Deno.test("an agent who cannot be reached ends only the leg, and the music plays on", () => {
  const script = CallScript.answered().command(play("music", true))
    .command(join);
  script.taken();
  script.input(agentLost)
    .input({ type: "leg-closed", legId: B_LEG, media: null });
  assert.deepEqual(script.taken(), [
    { type: "leg-leave", legId: B_LEG, cause: "agent-lost" },
    {
      type: "event",
      event: { type: "leg.ended", legId: B_LEG, cause: "agent-lost", sipStatus: null, media: null },
    },
  ]);
  assert.notEqual(script.state.playing, null);
});

Deno.test("a caller who loses the agent hears hold music until the cell decides", () => {
  const script = joined().input(agentLost);
  assert.deepEqual(script.taken(), [
    { type: "leg-leave", legId: B_LEG, cause: "agent-lost" },
    { type: "media-play", playId: "pop:hold", items: library("hold-music"), loop: true },
  ]);
  script.input({ type: "leg-closed", legId: B_LEG, media: FIGURES });
  assert.deepEqual(script.events(), [
    { type: "leg.ended", legId: B_LEG, cause: "agent-lost", sipStatus: null, media: FIGURES },
  ]);
  script.command(play("sorry", false));
  assert.equal(script.events().length, 1);
});

Deno.test("the end of a joined call reports the B leg first, each with its figures", () => {
  const script = joined().command({ type: "hang-up", cause: "agent-hung-up", sipStatus: null });
  assert.deepEqual(script.taken(), [
    { type: "sip-bye", cause: "agent-hung-up" },
    { type: "leg-leave", legId: B_LEG, cause: "agent-hung-up" },
    { type: "media-close" },
  ]);
  script.input({ type: "media-closed", media: FIGURES })
    .input({ type: "leg-closed", legId: B_LEG, media: FIGURES });
  assert.deepEqual(script.events(), [
    { type: "leg.ended", legId: B_LEG, cause: "agent-hung-up", sipStatus: null, media: FIGURES },
    { type: "call.ended", cause: "agent-hung-up", sipStatus: null, media: FIGURES },
  ]);
});

Deno.test("figures that never come do not hold up the end", () => {
  const script = joined().input({ type: "caller-hung-up" }).wait(CALL_TIMES.leaving);
  assert.deepEqual(script.events().map((e) => e.type), ["leg.ended", "call.ended"]);
});

Deno.test("an agent who left can be followed by the next one at once", () => {
  const next = "018f0000-0000-7000-8000-00000000000d";
  const script = joined().command({ type: "leave", legId: B_LEG, cause: "agent-hung-up" })
    .command({ ...join, legId: next })
    .input({ type: "leg-closed", legId: B_LEG, media: null })
    .input({ type: "leg-joined", legId: next, codec: "PCMU" });
  assert.deepEqual(script.events().map((e) => e.type), ["leg.ended", "leg.joined"]);
});

Deno.test("a repeated command is only answered again, also after the call", () => {
  const script = CallScript.answered();
  const hangUp = { type: "hang-up", cause: "flow-hung-up", sipStatus: null } as const;
  script.command(hangUp, "h").input({ type: "media-closed", media: null });
  script.actions = [];
  script.command(hangUp, "h").command({ type: "stop-play" }, "late");
  assert.deepEqual(script.actions, [
    { type: "result", commandId: "h", ok: true, code: null },
    { type: "result", commandId: "late", ok: false, code: "call_gone" },
  ]);
});

Deno.test("commands that do not fit the state are refused with a stable code", () => {
  const script = new CallScript().command(play("x", false)).command(join);
  const other = joined().command(play("x", false))
    .command({ ...join, legId: SCRIPTED_CALL.legId }).command(join);
  const codes = [...script.actions, ...other.actions]
    .flatMap((a) => a.type === "result" ? [a.code] : []);
  const refused = "state_not_allowed";
  assert.deepEqual(codes, [refused, refused, refused, refused, null]);
});

Deno.test("silence from a carrier that put us on hold is no fault", () => {
  const script = CallScript.answered().input({ type: "held", held: true })
    .input({ type: "media-timeout" });
  assert.equal(script.state.phase, "up");
  script.input({ type: "held", held: false }).input({ type: "media-timeout" });
  assert.deepEqual(script.taken()[0], { type: "sip-bye", cause: "media-timeout" });
});

Deno.test("no call outlives its overall deadline", () => {
  const script = CallScript.answered().wait(CALL_TIMES.overall);
  assert.deepEqual(script.taken()[0], { type: "sip-bye", cause: "deadline" });
});

const dial = {
  type: "dial",
  legId: B_LEG,
  number: "+4930555",
  callerId: "+4969900100",
  ringSeconds: 20,
} as const;

function dialling(): CallScript {
  const script = CallScript.answered().command(play("music", true), "m")
    .command(dial);
  script.actions = [];
  return script;
}

const lost = (cause: "busy" | "agent-hung-up", sipStatus: number | null) =>
  ({ type: "leg-lost", legId: B_LEG, cause, sipStatus }) as const;

Deno.test("a number is dialled to the music, and heard from when it answers", () => {
  const script = CallScript.answered().command(play("music", true), "m")
    .command(dial);
  assert.deepEqual(script.taken()[1], {
    type: "number-dial",
    legId: B_LEG,
    number: "+4930555",
    callerId: "+4969900100",
  });
  script.input({ type: "leg-joined", legId: B_LEG, codec: "PCMU" });
  assert.deepEqual(script.taken(), [
    { type: "media-stop" },
    { type: "event", event: { type: "call.played", commandId: "m", outcome: "interrupted" } },
    { type: "bridge", legId: B_LEG },
    { type: "event", event: { type: "leg.joined", legId: B_LEG, agentId: null, codec: "PCMU" } },
  ]);
});

Deno.test("a number that is busy ends only its leg, and the music plays on", () => {
  const script = dialling().input(lost("busy", 486))
    .input({ type: "leg-closed", legId: B_LEG, media: FIGURES });
  assert.deepEqual(script.taken(), [
    { type: "leg-leave", legId: B_LEG, cause: "busy" },
    {
      type: "event",
      event: { type: "leg.ended", legId: B_LEG, cause: "busy", sipStatus: 486, media: FIGURES },
    },
  ]);
});

Deno.test("early media stops the music; a refusal after it brings music back", () => {
  const script = dialling().input({ type: "leg-early", legId: B_LEG })
    .input({ type: "leg-early", legId: B_LEG });
  assert.deepEqual(script.taken().map(({ type }) => type), ["media-stop", "event", "bridge"]);
  assert.deepEqual(script.input(lost("busy", 486)).taken(), [
    { type: "leg-leave", legId: B_LEG, cause: "busy" },
    { type: "media-play", playId: "pop:hold", items: library("hold-music"), loop: true },
  ]);
});

Deno.test("a number that does not answer in time is given up", () => {
  const script = dialling().wait(19_999);
  assert.deepEqual(script.taken(), []);
  script.wait(1).input({ type: "leg-joined", legId: B_LEG, codec: "PCMU" });
  assert.deepEqual(script.taken(), [{ type: "leg-leave", legId: B_LEG, cause: "no-answer" }]);
  script.wait(CALL_TIMES.leaving);
  assert.deepEqual(script.events(), [
    { type: "leg.ended", legId: B_LEG, cause: "no-answer", sipStatus: null, media: null },
  ]);
});

Deno.test("who is reached by a dialled number may hang up; the caller waits in silence", () => {
  const script = dialling().input({ type: "leg-joined", legId: B_LEG, codec: "PCMU" });
  script.taken();
  script.wait(60_000).input(lost("agent-hung-up", null));
  assert.deepEqual(script.taken(), [{ type: "leg-leave", legId: B_LEG, cause: "agent-hung-up" }]);
});

Deno.test("a caller who hangs up while it rings takes the dialled leg along", () => {
  const script = dialling().input({ type: "caller-hung-up" });
  assert.deepEqual(script.taken(), [
    { type: "leg-leave", legId: B_LEG, cause: "caller-hung-up" },
    { type: "media-close" },
  ]);
});

Deno.test("a number is dialled in an answered call without a B leg only, and once", () => {
  const other = { ...dial, legId: SCRIPTED_CALL.legId };
  const unanswered = new CallScript().command(dial);
  const script = dialling().command(dial, "again").command(other).command(join)
    .input({ type: "leg-joined", legId: B_LEG, codec: "PCMU" }).command(other);
  const codes = [...unanswered.actions, ...script.actions]
    .flatMap((a) => a.type === "result" ? [a.code] : []);
  const refused = "state_not_allowed";
  assert.deepEqual(codes, [refused, null, refused, null, refused]);
  assert.equal(script.actions.filter((a) => a.type === "number-dial").length, 0);
});
