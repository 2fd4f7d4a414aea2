import assert from "node:assert/strict";
import { loadSoundLibrary } from "./phone/load_sound_library.ts";
import { readPhoneOptions } from "./phone/phone_options.ts";
import { type PhoneLine, placeCall } from "./phone/place_call.ts";
import { PopBench } from "./testing/pop_bench.ts";
import { PopProcess } from "./testing/pop_process.ts";
import { Watched } from "./testing/watched.ts";

const sounds = await loadSoundLibrary();
const hangUp = { type: "hang-up", cause: "flow-hung-up", sipStatus: null } as const;

/** A PoP in its own process, and a phone that calls it from the carrier's address. */
async function calling(...args: string[]) {
  const bench = await PopBench.open();
  const pop = new PopProcess(bench.environment());
  const ports = await pop.ready();
  const lines = new Watched<PhoneLine>();
  const done = Promise.withResolvers<void>();
  const options = readPhoneOptions([
    ...["--to", "+4969900100", "--from", "+4915100000", "--local", "127.0.1.1"],
    ...["--sip", `127.0.0.1:${ports.udp}`, "--seconds", "25", ...args],
  ]);
  const summary = placeCall(options, {
    sounds,
    spoken: null,
    onLine: (line) => lines.push(line),
    hangUp: done.promise,
  });
  const offered = await bench.cell.event("call.offered");
  const line = (event: string) => lines.first((one) => one.event === event, event, 0, 20_000);
  return {
    ...{ bench, cell: bench.cell, pop, ports, offered, summary, lines, line },
    hangUpPhone: () => done.resolve(),
    async [Symbol.asyncDispose]() {
      done.resolve();
      await summary;
      assert.equal(await pop.stop(), 0);
      await bench.close();
    },
  };
}

Deno.test("a caller hears the menu, types through it, and waits to music", async () => {
  await using t = await calling("--digits", "1#", "--digits-after", "1300");
  await t.cell.command(t.offered, { type: "answer" });
  await t.cell.event("call.answered");
  await t.cell.command(t.offered, {
    type: "collect",
    items: [{ type: "library", name: "welcome" }],
    interruptible: true,
    seal: null,
    maxDigits: 4,
    firstDigitMs: 5000,
    interDigitMs: 3000,
    terminator: "#",
  }, "menu");
  await t.line("ivr");
  const collected = await t.cell.event("call.collected");
  assert.deepEqual([collected.event.digits, collected.event.outcome], ["1", "complete"]);
  await t.cell.command(t.offered, {
    type: "play",
    items: [{ type: "library", name: "hold-music" }],
    loop: true,
  });
  await t.line("queued");
  const metrics = await (await fetch(`http://127.0.0.1:${t.ports.port}/metrics`)).text();
  assert.match(metrics, /antiphon_rtp_packets_total\{direction="in",leg="carrier"\} [1-9]/);
  await t.cell.command(t.offered, hangUp);
  const summary = await t.summary;
  assert.deepEqual(summary.stages, ["answered", "ivr", "queued"]);
  assert.equal(summary.callId, t.offered.callId);
  assert.equal(summary.endedBy, "remote_bye");
  assert.equal(summary.packetsLost, 0);
  const { media } = (await t.cell.event("call.ended")).event;
  assert.ok(media && media.packetsReceived > 50 && media.packetsSent > 50, JSON.stringify(media));
  assert.equal(media.packetsLost, 0);
});

Deno.test("the music plays on while the cell is away, and the caller's BYE reaches it after", async () => {
  await using t = await calling();
  await t.cell.command(t.offered, { type: "answer" });
  await t.cell.event("call.answered");
  await t.cell.command(t.offered, {
    type: "play",
    items: [{ type: "library", name: "hold-music" }],
    loop: true,
  });
  await t.line("queued");
  t.cell.active = false;
  t.cell.lastSeq = 2;
  t.cell.drop();
  const seconds = t.lines.items.length;
  for (let i = 1; i <= 2; i++) {
    const heard = await t.lines.first(({ event }) => event === "heard", "music", seconds + i - 1);
    assert.equal(heard.recording, "hold-music");
  }
  t.hangUpPhone();
  assert.equal((await t.summary).endedBy, "local_bye");
  t.cell.active = true;
  const ended = await t.cell.event("call.ended");
  assert.deepEqual([ended.seq, ended.event.cause], [3, "caller-hung-up"]);
});
