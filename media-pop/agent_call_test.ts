import assert from "node:assert/strict";
import { type Browser, chromium, type Page } from "playwright-core";
import { signAccessToken } from "../protocol/access_token/sign_access_token.ts";
import { uuidV7 } from "../protocol/ids/uuid_v7.ts";
import { serviceTokenSigner } from "../protocol/service_token/service_token_signer.ts";
import { SAMPLE } from "./configuration/sample_configuration.ts";
import { decodeSamples } from "./media/g711/decode_samples.ts";
import { goertzel } from "./media/g711/goertzel.ts";
import { MU_LAW } from "./media/g711/mu_law.ts";
import { writeToneWav } from "./media/webrtc/testing/write_tone_wav.ts";
import { loadSoundLibrary } from "./phone/load_sound_library.ts";
import { readPhoneOptions } from "./phone/phone_options.ts";
import { type PhoneLine, placeCall } from "./phone/place_call.ts";
import { PopBench } from "./testing/pop_bench.ts";
import { PopProcess } from "./testing/pop_process.ts";
import { Watched } from "./testing/watched.ts";

const CHROMIUM = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";
const present = await Deno.stat(CHROMIUM).then(() => true, () => false);
const why = present ? "" : " (skipped: Chromium is not installed)";
const recordingId = uuidV7()();
const LEG = "018f0000-0000-7000-8000-00000000000b";

async function openPage(browser: Browser, folder: string): Promise<[Page, () => Promise<void>]> {
  const source = new URL("./testing/softphone_page.ts", import.meta.url).pathname;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--output", `${folder}/page.js`, source],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const script = await Deno.readTextFile(`${folder}/page.js`);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) =>
      new URL(request.url).pathname === "/page.js"
        ? new Response(script, { headers: { "content-type": "text/javascript" } })
        : new Response("<!doctype html><script src=page.js></script>", {
          headers: { "content-type": "text/html" },
        }),
  );
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.addr.port}/`);
  return [page, () => server.shutdown()];
}

Deno.test({
  name: `an agent in Chromium and a caller talk, until the browser is gone${why}`,
  ignore: !present,
  fn: async () => {
    const bench = await PopBench.open();
    const { cell, folder } = bench;
    await writeToneWav(`${folder}/1000.wav`, 1000);
    const pop = new PopProcess(bench.environment());
    const ports = await pop.ready();
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        ...["--no-sandbox", "--disable-gpu", "--use-fake-ui-for-media-stream"],
        ...["--use-fake-device-for-media-stream", "--allow-loopback-in-peer-connection"],
        `--use-file-for-fake-audio-capture=${folder}/1000.wav`,
        "--autoplay-policy=no-user-gesture-required",
      ],
    });
    const [page, closePage] = await openPage(browser, folder);
    const exp = Math.floor(Date.now() / 1000) + 120;
    const claims = { sub: "anna", tenant: SAMPLE.tenant, roles: ["agent" as const], exp };
    const token = await signAccessToken(bench.cellKey, claims);
    const url = `ws://127.0.0.1:${ports.port}/softphone`;
    assert.equal(await page.evaluate(`register("${url}", "${token}")`), "audio/PCMU");
    await cell.frame("softphone", (frame) => frame.connected && frame.agentId === "anna");

    const lines = new Watched<PhoneLine>();
    const from = { local: "127.0.1.1", sip: `127.0.0.1:${ports.udp}` };
    const options = readPhoneOptions(
      ["--to", "+4969900100", "--local", from.local, "--sip", from.sip, "--seconds", "40"],
    );
    const calling = placeCall(options, {
      sounds: await loadSoundLibrary(),
      spoken: null,
      onLine: (line) => lines.push(line),
      hangUp: new Promise(() => {}),
    });
    const line = (event: string, after = 0) =>
      lines.first((one) => one.event === event, event, after, 20_000);
    try {
      const offered = await cell.event("call.offered");
      await cell.command(offered, { type: "answer" });
      await cell.event("call.answered");
      await cell.command(offered, {
        type: "play",
        items: [{ type: "library", name: "hold-music" }],
        loop: true,
      });
      await line("queued");
      await cell.command(offered, { type: "record", action: "start", recordingId });
      await cell.command(offered, { type: "join", legId: LEG, agentId: "anna" });
      const joined = await cell.event("leg.joined");
      assert.equal(joined.event.codec, "PCMU");
      await line("with-agent");
      const told = await lines.first(({ tone }) => tone !== null && tone !== undefined, "a tone");
      assert.ok(Math.abs((told.tone as { frequency: number }).frequency - 1000) <= 5);
      await until("440 Hz of the caller in the browser", async () => {
        const heard = await page.evaluate<{ hertz: number; decibels: number }>("listen()");
        return Math.abs(heard.hertz - 440) < 10 && heard.decibels > -50;
      });
      await page.evaluate('type("5#")');
      assert.deepEqual(await page.evaluate("events"), ["leg-joined"]);

      await cell.command(offered, { type: "record", action: "stop", recordingId });
      const recorded = await cell.event("call.recorded");
      assert.equal(recorded.event.outcome, "complete");
      const sign = serviceTokenSigner(bench.cellKey);
      const audio = await fetch(
        `http://127.0.0.1:${ports.port}/recordings/${SAMPLE.tenant}/${recordingId}`,
        { headers: { authorization: `Bearer ${await sign("pop:FRA")}` } },
      );
      const data = (await audio.bytes()).subarray(58);
      // The last second: by then both have been talking.
      const [left, right] = [0, 1].map((channel) =>
        decodeSamples(data.filter((_, i) => i % 2 === channel).subarray(-8000), MU_LAW)
      );
      assert.ok(goertzel(left, 440) > 2000 && goertzel(left, 1000) < 200, "the caller left");
      assert.ok(goertzel(right, 1000) > 2000 && goertzel(right, 440) < 200, "the agent right");

      const before = lines.items.length;
      await page.close();
      const ended = await cell.event("leg.ended");
      assert.equal(ended.event.cause, "agent-lost");
      assert.ok(ended.event.media && ended.event.media.packetsReceived > 50);
      await cell.frame("softphone", (frame) => !frame.connected && frame.agentId === "anna");
      await line("queued", before);
      await cell.command(offered, { type: "hang-up", cause: "agent-lost", sipStatus: null });
      const summary = await calling;
      assert.deepEqual(summary.stages, ["answered", "queued", "with-agent", "queued"]);
      assert.equal(summary.packetsLost, 0);
    } finally {
      await browser.close();
      await closePage();
      await pop.stop();
      await calling;
      await bench.close();
    }
  },
});

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`not within 20 s: ${what}`);
}
