import assert from "node:assert/strict";
import type { Effect } from "../../../effects/effect.ts";
import { type Draft, NUMBER, TenantHarness } from "../../../testing/tenant_harness.ts";
import type { TurnRequest } from "../../../virtual_agents/turn_request.ts";

const SENT = { handled: "bye", escalated: "person", failed: "sorry" };

/** Both flows begin with the bot and end in the queue, or with a message that says how. */
function withBot(changes: Record<string, unknown> = {}, activity: Record<string, unknown> = {}) {
  return new TenantHarness((draft: Draft) => {
    draft.virtualAgents.push({
      ...{ id: "bot", name: "Bot", adapter: "webhook", url: "https://bot.example/" },
      ...{ authorised: true, ...changes },
    });
    const bot = {
      ...{
        type: "virtual-agent",
        virtualAgentId: "bot",
        passes: ["tier"],
        returns: { mood: "mood" },
      },
      ...{ reasonVariable: "reason", onHandled: "handled", onEscalated: "queue" },
      ...{ onError: "failed", ...activity },
    };
    const variables = { tier: "gold", mood: "", reason: "" };
    const [voice, digital] = draft.flows;
    Object.assign(voice, {
      ...{ start: "bot", variables },
      activities: {
        bot,
        queue: { type: "queue", queueId: "sales" },
        handled: { type: "hang-up" },
        failed: { type: "queue", queueId: "support" },
      },
    });
    Object.assign(digital, {
      ...{ start: "bot", variables },
      activities: {
        bot,
        queue: { type: "queue", queueId: "messages" },
        handled: { type: "send-message", text: SENT.handled, next: "queue" },
        failed: { type: "send-message", text: SENT.failed, next: "queue" },
      },
    });
  });
}

type Asked = Extract<Effect, { to: "service" }> & { request: TurnRequest };

/** The one turn that the bot is asked for. */
function asked(h: TenantHarness): Asked {
  const [effect, ...more] = h.takeEffects("service");
  assert.equal(more.length, 0);
  return effect as Asked;
}

function answers(h: TenantHarness, { interactionId, step, request }: Asked, given = {}) {
  const expects = {
    ...{ input: h.interaction(interactionId).channel === "voice" ? "digits" : "text" },
    ...{ maxDigits: 1, firstDigitSeconds: 5, interDigitSeconds: 3 },
  };
  const answer = {
    ...{ outcome: "answered", turn: request.turn, texts: [], expects, ended: null, ...given },
  };
  return h.send({ type: "flow-answered", interactionId, step, answer });
}

const ended = (type: "handled" | "escalate", reason: string | null = null) => ({
  ended: { type, reason, variables: { mood: "merry", other: "x" }, sealed: {} },
});

function caller(h: TenantHarness): string {
  const id = h.newId();
  h.call(id, {
    ...{ type: "call.offered", legId: h.newId(), trunkId: h.newId(), from: "+4930123456" },
    ...{ to: NUMBER, transport: "sip-udp" },
  });
  h.call(id, { type: "call.answered", codec: "PCMU" });
  return id;
}

/** The last command to a call's PoP, with its id. */
function commanded(h: TenantHarness) {
  const effect = h.takeEffects("pop").at(-1);
  assert.ok(effect?.to === "pop");
  return effect;
}

Deno.test("a bot writes with a contact, is told what they write, and asks for a person", () => {
  const h = withBot();
  h.message("rosa", "Hi");
  const start = asked(h);
  const { interactionId } = start;
  assert.deepEqual(start.request.input, { type: "start" });
  assert.deepEqual(start.request.variables, { tier: "gold" });
  assert.equal(start.request.sessionId, `${interactionId}:${start.step}`);
  assert.equal(start.request.until, h.at + 10_000);
  answers(h, start, { texts: ["Hello", "What is it?"] });
  assert.deepEqual(
    h.log.flatMap(({ event }) => event.type === "message.queued" ? [event.author] : []),
    ["bot", "bot"],
  );
  h.message("rosa", "My order");
  const second = asked(h);
  assert.equal(second.request.turn, 2);
  assert.equal(second.step, start.step, "one dialogue is one step");
  assert.equal(second.request.input.type, "text");
  answers(h, second, ended("escalate", "wants a person"));
  const it = h.interaction(interactionId);
  assert.equal(it.phase, "queued");
  assert.deepEqual([it.flow.variables.mood, it.flow.variables.reason], ["merry", "wants a person"]);
});

Deno.test("what is written while the bot thinks is its next input, in order", () => {
  const h = withBot();
  h.message("rosa", "Hi");
  const start = asked(h);
  h.message("rosa", "one");
  h.message("rosa", "two");
  assert.deepEqual(h.takeEffects("service"), []);
  answers(h, start, { texts: ["Hello"] });
  const { request } = asked(h);
  assert.ok(request.input.type === "text" && request.input.messageIds.length === 2);
});

Deno.test("a bot that answers late, nonsense, another turn or not at all escalates for a reason", () => {
  for (
    const [given, reason] of [
      [{ outcome: "failed", fault: "unreachable" }, "unreachable"],
      [{ outcome: "nonsense" }, "internal"],
      [{ expects: undefined }, "internal"],
    ] as const
  ) {
    const h = withBot();
    h.message("rosa", "Hi");
    const start = asked(h);
    answers(h, start, { turn: 7 });
    assert.equal(h.interaction(start.interactionId).flow.activityId, "bot");
    answers(h, start, given);
    assert.equal(h.interaction(start.interactionId).flow.variables.reason, reason);
    assert.equal(h.interaction(start.interactionId).phase, "queued");
  }
  const h = withBot();
  h.message("rosa", "Hi");
  const { interactionId } = asked(h);
  h.pass(10_000 + 30_000);
  assert.equal(h.interaction(interactionId).flow.variables.reason, "deadline");
});

Deno.test("a contact who is silent is told of, and in the end handed on", () => {
  const h = withBot({}, { silenceSeconds: 60 });
  h.message("rosa", "Hi");
  let turn = asked(h);
  for (let i = 0; i < 3; i++) {
    answers(h, turn, { texts: ["?"] });
    h.pass(60_000);
    turn = asked(h);
    assert.deepEqual(turn.request.input, { type: "silence" });
  }
  answers(h, turn, { texts: ["?"] });
  h.pass(60_000);
  assert.equal(h.interaction(turn.interactionId).flow.variables.reason, "contact-silent");
});

Deno.test("a whole dialogue has its end, and one that nobody authorised no beginning", () => {
  const h = withBot({ deadlines: { wholeSeconds: 20 } });
  h.message("rosa", "Hi");
  answers(h, asked(h), { texts: ["Hello"] });
  h.pass(19_000);
  h.message("rosa", "Are you there?");
  const late = asked(h);
  assert.equal(late.request.until, h.at + 1000);
  h.pass(31_000);
  assert.equal(h.interaction(late.interactionId).flow.variables.reason, "deadline");
  const not = withBot({ authorised: false });
  not.message("rosa", "Hi");
  assert.deepEqual(not.takeEffects("service"), []);
  const [it] = not.state.interactions.values();
  assert.equal(it.flow.variables.reason, "not-authorised");
});

Deno.test("an authorisation that is taken back ends the dialogue at its next turn", () => {
  const h = withBot();
  h.message("rosa", "Hi");
  const start = asked(h);
  h.reconfigure((draft) => draft.virtualAgents[0].authorised = false);
  answers(h, start, { texts: ["Hello"] });
  assert.equal(h.interaction(start.interactionId).flow.variables.reason, "not-authorised");
});

Deno.test("a bot is heard and typed to in a call; what was said is kept for who comes next", () => {
  const h = withBot();
  h.available("anna");
  const id = caller(h);
  answers(h, asked(h), { texts: ["Press one"] });
  const collect = commanded(h);
  assert.ok(collect.command.type === "collect");
  assert.deepEqual(collect.command.items, [{
    ...{ type: "say", text: "Press one", language: "en-GB", voice: null, transient: true },
  }]);
  const typed = (commandId: string, digits: string) =>
    h.call(id, { type: "call.collected", commandId, digits, sealed: null, outcome: "complete" });
  typed(collect.commandId, "1");
  const second = asked(h);
  assert.deepEqual(second.request.input, { type: "digits", digits: "1", sealed: null });
  answers(h, second, { texts: ["Press two"] });
  const again = commanded(h);
  assert.notEqual(again.commandId, collect.commandId, "a repeat would not be carried out");
  typed(again.commandId, "");
  const third = asked(h);
  assert.deepEqual(third.request.input, { type: "silence" });
  answers(h, third, { texts: ["I hand you over"], ...ended("escalate") });
  const last = commanded(h);
  assert.ok(last.command.type === "play");
  h.call(id, { type: "call.played", commandId: last.commandId, outcome: "completed" });
  assert.equal(h.offeredTo(id), "anna");
  h.takeEffects("desktop");
  h.accept("anna");
  h.join(id);
  const told = h.takeEffects("desktop").map((effect) => effect.to === "desktop" && effect.event);
  assert.ok(told.some((event) => event && event.type === "thread"), "with the transcript");
  assert.equal(h.log.filter(({ event }) => event.type === "transcript.kept").length, 4);
  assert.doesNotMatch(JSON.stringify(h.log), /Press one/, "the log has no words");
});

Deno.test("a streaming bot gets the caller's audio and its outcome comes back", () => {
  const h = withBot({ adapter: "streaming", url: "wss://bot.example/ear" });
  const id = caller(h);
  const { command, bot, commandId } = commanded(h);
  assert.ok(command.type === "stream");
  assert.deepEqual(bot, { virtualAgentId: "bot", sealed: {} });
  assert.deepEqual(command.parameters, { tier: "gold", language: "en-GB" });
  assert.equal(command.authorization, "", "nothing secret is stored");
  assert.match(commandId, /:flow:1$/);
  const { streamId } = command;
  h.call(id, { type: "stream.started", streamId });
  h.call(id, { type: "stream.message", streamId, author: "bot", text: "Hello" });
  const end = { outcome: "handled" as const, reason: null, variables: { mood: "calm" } };
  h.call(id, { type: "stream.ended", streamId: h.newId(), ...end });
  assert.equal(h.interaction(id).flow.activityId, "bot", "another stream's end is not ours");
  h.call(id, { type: "stream.ended", streamId, ...end });
  assert.equal(h.interaction(id).flow.variables.mood, "calm");
  assert.equal(commanded(h).command.type, "hang-up");
});

Deno.test("a stream that fails escalates with the PoP's word for it", () => {
  const h = withBot({ adapter: "streaming", url: "wss://bot.example/ear" });
  const id = caller(h);
  const { command } = commanded(h);
  assert.ok(command.type === "stream");
  h.call(id, {
    ...{ type: "stream.ended", streamId: command.streamId, outcome: "failed", reason: "silent" },
    variables: {},
  });
  assert.equal(h.interaction(id).place!.queueId, "support");
  assert.equal(h.interaction(id).flow.variables.reason, "silent");
});

Deno.test("a call that cannot be spoken to escalates, too", () => {
  const h = withBot({}, { onError: undefined });
  const id = caller(h);
  answers(h, asked(h), { texts: ["Press one"] });
  const { commandId } = commanded(h);
  h.call(id, {
    ...{ type: "call.collected", commandId, digits: null, sealed: null, outcome: "failed" },
    code: "speech_unavailable",
  });
  const it = h.interaction(id);
  assert.deepEqual([it.place!.queueId, it.flow.variables.reason], ["sales", "speech_unavailable"]);
});

Deno.test("what a bot says while an offer stands is not kept: it is asked anew", () => {
  const h = withBot();
  h.reconfigure((draft: Draft) => {
    draft.flows[0].start = "first";
    draft.flows[0].activities.first = { type: "queue", queueId: "sales", next: "bot" };
  });
  const callId = caller(h);
  const turn = asked(h);
  h.available("anna");
  assert.equal(h.interaction(callId).phase, "offered");
  answers(h, turn, { texts: ["Your balance is 12"] });
  assert.ok(!JSON.stringify(h.log).includes("balance"), "no words in the log");
  h.pass(60_000);
  assert.equal(h.interaction(callId).phase, "queued");
  assert.equal(asked(h).request.turn, 1);
});
