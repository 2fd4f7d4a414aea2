import assert from "node:assert/strict";
import { answerUpgrade } from "../testing/answer_upgrade.ts";
import { streamStage } from "../testing/stream_stage.ts";

const MUSIC = [{ type: "library" as const, name: "hold-music" }];

Deno.test("a caller hears the bot, types, is answered, and asks for a person", async () => {
  await using stage = await streamStage();
  const streamId = await stage.stream();
  await stage.hears(600);
  assert.equal(stage.told("stream.started").length, 1);
  stage.far.sendDigit(1, 100);
  await stage.hears(400);
  await stage.hearsNothing();
  stage.far.sendDigit(0, 100);
  assert.deepEqual(await stage.ended(streamId), {
    ...{ type: "stream.ended", streamId, outcome: "escalated", reason: "asked for a person" },
    ...{ variables: { lastDigit: "0" }, sealed: {} },
  });
  const said = stage.told("stream.message").map(({ author, text }) => `${author}: ${text}`);
  assert.equal(said.length, 4);
  assert.match(said[0], /^bot: Hello/);
  assert.deepEqual(said.slice(1), [
    "contact: [1]",
    "bot: We are open from nine to five.",
    "contact: [0]",
  ]);
  const play = await stage.command({ type: "play", items: MUSIC, loop: true });
  assert.equal(play.ok, true, "the call goes on");
});

Deno.test("a caller who speaks over the bot interrupts it at once", async () => {
  await using stage = await streamStage("PCMU");
  await stage.stream();
  await stage.hears(600);
  stage.speak(1000);
  // The greeting lasts a second; the bot listens for 100 ms before it believes it.
  const packets = await stage.hearsNothing();
  assert.ok(packets < 25, `silent after ${packets} packets`);
});

Deno.test("what the bot says last is heard before it lets go", async () => {
  await using stage = await streamStage();
  const streamId = await stage.stream();
  await stage.hears(600);
  const from = stage.far.packets.length;
  stage.far.sendDigit(9, 100);
  const { outcome } = await stage.ended(streamId);
  assert.equal(outcome, "handled");
  await stage.hears(1200, from);
});

Deno.test("a bot hears and speaks linear samples too, at 8 and 16 kHz", async () => {
  for (const sampleRate of [8000, 16_000] as const) {
    await using stage = await streamStage();
    stage.speak(700);
    await stage.stream("echo", { encoding: "audio/x-l16", sampleRate });
    await stage.hears(700);
  }
});

Deno.test("bots that are silent, broken, gone or elsewhere are left by their deadline, for a reason", async () => {
  await using stage = await streamStage();
  const reason = async (does: string, changes = {}) => {
    const { outcome, reason } = await stage.ended(await stage.stream(does, changes));
    assert.equal(outcome, "failed");
    return reason;
  };
  assert.equal(await reason("silent", { firstAudioMs: 100 }), "first-audio-timeout");
  assert.equal(await reason("broken"), "invalid-frame");
  assert.equal(await reason("nonsense"), "invalid-frame");
  assert.equal(await reason("huge"), "invalid-frame");
  // Its goodbye is lost when it had not read all we sent.
  assert.match((await reason("closes"))!, /^(closed|broken)$/);
  assert.equal(await reason("redirects"), "redirected");
  assert.equal(await reason("refuses"), "refused");
  assert.equal(await reason("fails"), "refused");
  assert.equal(await reason("echo", { wholeMs: 200 }), "deadline");
  const other = "another key of some length";
  assert.equal(await reason("echo", { key: other }), "refused");
  assert.equal(await reason("", { url: "wss://169.254.169.254/latest" }), "refused-address");
  assert.equal(await reason("", { url: "ws://127.0.0.1:1/" }), "refused-address");
  const { command } = stage;
  assert.equal((await command({ type: "play", items: MUSIC, loop: true })).ok, true);
});

Deno.test("a bot that takes the connection and says nothing is given up", async () => {
  using deaf = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${deaf.addr.port}`;
  await using stage = await streamStage("PCMA", [host]);
  const streamId = await stage.stream("", { url: `ws://${host}/`, connectMs: 100 });
  assert.equal((await stage.ended(streamId)).reason, "connect-timeout");
});

Deno.test("a socket from which nothing comes, not even an answer to pings, is given up", async () => {
  using dumb = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const host = `127.0.0.1:${dumb.addr.port}`;
  await using stage = await streamStage("PCMA", [host]);
  const ended = stage.stream("", { url: `ws://${host}/`, silentMs: 200, firstAudioMs: 5000 });
  using connection = await dumb.accept();
  await answerUpgrade(connection);
  assert.equal((await stage.ended(await ended)).reason, "silent");
});

Deno.test("other commands part the caller from the bot", async () => {
  await using stage = await streamStage();
  const streamId = await stage.stream("echo");
  await stage.cell.event("stream.started");
  assert.equal((await stage.command({ type: "stop-stream", streamId })).ok, true);
  assert.equal((await stage.ended(streamId)).outcome, "stopped");
  const next = await stage.stream("echo");
  await stage.command({ type: "play", items: MUSIC, loop: true });
  assert.equal((await stage.ended(next)).outcome, "stopped");
});
