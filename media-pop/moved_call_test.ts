import assert from "node:assert/strict";
import { loadSoundLibrary } from "./phone/load_sound_library.ts";
import { readPhoneOptions } from "./phone/phone_options.ts";
import { type PhoneLine, placeCall } from "./phone/place_call.ts";
import { CellDouble } from "./testing/cell_double.ts";
import { PopBench } from "./testing/pop_bench.ts";
import { PopProcess } from "./testing/pop_process.ts";
import { Watched } from "./testing/watched.ts";

const sounds = await loadSoundLibrary();
const music = {
  type: "play",
  items: [{ type: "library", name: "hold-music" }],
  loop: true,
} as const;

/** A phone that calls until it is told to stop. */
function phone(sip: string) {
  const lines = new Watched<PhoneLine>();
  const done = Promise.withResolvers<void>();
  const options = readPhoneOptions([
    ...["--to", "+4969900100", "--from", "+4915100000", "--local", "127.0.1.1"],
    ...["--sip", sip, "--seconds", "25"],
  ]);
  const parts = {
    sounds,
    spoken: null,
    onLine: (line: PhoneLine) => lines.push(line),
    hangUp: done.promise,
  };
  return {
    lines,
    line: (event: string, from = 0) => lines.first((one) => one.event === event, event, from),
    hangUp: () => done.resolve(),
    summary: placeCall(options, parts),
  };
}

Deno.test("a cluster moves under a call: its audio hears nothing, a call in the gap is answered", async () => {
  const standby = new CellDouble({ standby: true });
  const bench = await PopBench.open((configuration) => ({
    ...configuration,
    clusters: configuration.clusters.map((cluster) =>
      cluster.id === "E39" ? { ...cluster, urls: [...cluster.urls, standby.url] } : cluster
    ),
  }));
  const pop = new PopProcess(bench.environment());
  const { udp } = await pop.ready();
  const { cell: home } = bench;
  const first = phone(`127.0.0.1:${udp}`);
  const offered = await home.event("call.offered");
  await standby.frame("hello");
  await home.command(offered, { type: "answer" }, "answer");
  await home.event("call.answered");
  await home.command(offered, music, "music");
  await first.line("queued");

  // The holder freezes: nobody is told, its socket stands, and a call comes in meanwhile.
  home.frozen = true;
  const second = phone(`127.0.0.1:${udp}`);
  await second.line("ringing");
  standby.lastSeq = 2;
  standby.activate(2);
  const hello = await standby.frame("hello", () => true, 1);
  assert.equal(hello.liveCalls.length, 2);
  const waiting = await standby.event("call.offered");
  assert.equal(waiting.seq, 3);
  await standby.command(waiting, { type: "answer" });
  await second.line("answered");

  // The new holder repeats what the old one may not have stored: it is carried out once.
  const repeated = await standby.command(offered, music, "music");
  assert.equal(repeated.ok, true);
  home.frozen = false;
  const refused = await home.command(offered, {
    ...{ type: "hang-up", cause: "flow-hung-up", sipStatus: null },
  });
  assert.equal(refused.code, "stale_epoch");
  for (let i = 0, from = first.lines.items.length; i < 2; i++) {
    const heard = await first.line("heard", from + i);
    assert.equal(heard.recording, "hold-music");
  }
  for (const one of [first, second]) one.hangUp();
  const summary = await first.summary;
  await second.summary;
  assert.deepEqual([summary.packetsLost, summary.endedBy], [0, "local_bye"]);
  // From the answer on, a packet every 20 ms and none twice.
  const rate = summary.packetsReceived / summary.packetsSent;
  assert.ok(rate > 0.95 && rate < 1.05, JSON.stringify(summary));
  assert.deepEqual(summary.stages, ["answered", "queued"]);
  const ended = await standby.event("call.ended", offered.callId);
  assert.equal(ended.event.media?.packetsLost, 0);
  assert.equal(await pop.stop(), 0);
  await Promise.all([bench.close(), standby.close()]);
});
