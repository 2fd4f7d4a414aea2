import assert from "node:assert/strict";
import { chromium, type Page } from "playwright-core";
import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import type { AgentLeg } from "../engine/agent_leg.ts";
import { MediaEngine } from "../engine/media_engine.ts";
import { FarEnd } from "../engine/testing/far_end.ts";
import { goertzel } from "../g711/goertzel.ts";
import { ROUTER_RTP_CAPABILITIES } from "./router_rtp_capabilities.ts";
import { writeToneWav } from "./testing/write_tone_wav.ts";

const CHROMIUM = Deno.env.get("CHROMIUM") ?? "/usr/bin/chromium";
const present = await Deno.stat(CHROMIUM).then(() => true, () => false);

async function bundlePage(file: string): Promise<string> {
  const page = new URL("./testing/page.ts", import.meta.url).pathname;
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", "--output", file, page],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return await Deno.readTextFile(file);
}

/** The signalling of a PoP, cut down to what one page asks. */
function serve(agent: AgentLeg, script: string): Deno.HttpServer<Deno.NetAddr> {
  // deno-lint-ignore no-explicit-any
  const answers: Record<string, (body: any) => unknown> = {
    "/capabilities": () => ROUTER_RTP_CAPABILITIES,
    "/transport": ({ direction }) => agent.createTransport(direction),
    "/connect": ({ id, dtlsParameters }) => (agent.connectTransport(id, dtlsParameters), {}),
    "/produce": ({ id, ...request }) => agent.produce(id, request),
    "/consume": ({ id }) => agent.consume(id),
  };
  const html = { headers: { "content-type": "text/html" } };
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return new Response("<!doctype html><script src=page.js></script>", html);
    if (pathname === "/page.js") return new Response(script);
    const answer = answers[pathname];
    if (!answer) return new Response(null, { status: 404 });
    try {
      return Response.json(answer(await request.json()));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  });
}

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`not within 20 s: ${what}`);
}

Deno.test({
  name: "browser: Chromium and a carrier hear each other through the engine",
  ignore: !present,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    await writeToneWav(`${folder}/1000.wav`, 1000);
    const script = await bundlePage(`${folder}/page.js`);
    const log = createLogger({ service: "test", level: "warn" });
    const counters = new Counters();
    const listen = { hostname: "127.0.0.1", port: 0 };
    const engine = new MediaEngine({ rtpPorts: "ephemeral", webrtc: { listen }, counters, log });
    const agent = engine.createAgentLeg();
    const far = new FarEnd("PCMA");
    const carrier = engine.createCarrierLeg({
      localAddress: "127.0.0.1",
      codec: "PCMA",
      remote: { address: "127.0.0.1", port: far.port },
    });
    far.target = { hostname: "127.0.0.1", port: carrier.localPort };
    const speaking = setInterval(() => far.send(440), 20);
    const server = serve(agent, script);
    const browser = await chromium.launch({
      executablePath: CHROMIUM,
      headless: true,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        `--use-file-for-fake-audio-capture=${folder}/1000.wav`,
        "--allow-loopback-in-peer-connection",
        "--autoplay-policy=no-user-gesture-required",
      ],
    });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${server.addr.port}/`);
      assert.equal(await page.evaluate("start()"), "audio/PCMU");
      engine.bridge(carrier, agent);
      await until("440 Hz of the carrier in the browser", () => hears(page, 440));
      await until("1 kHz of the browser at the carrier", () => {
        const last = far.samples(-25, far.packets.length);
        return last.length === 4000 && goertzel(last, 1000) > 2000 && goertzel(last, 440) < 300;
      });
      await until("reports both ways", async () => {
        const found = await page.evaluate<Record<string, number>>("measure()");
        return found.roundTrip >= 0 && found.remoteSent > 0 && found.lost === 0 &&
          agent.stats().remote?.roundTrip !== undefined;
      });
      assert.ok(agent.level < 60);
      assert.equal(agent.stats().lost, 0);
      engine.exportCounters();
      const inbound = { direction: "in", leg: "agent" };
      assert.ok(counters.get("antiphon_rtp_packets_total", inbound) > 50);
      far.assertSequences();
    } finally {
      clearInterval(speaking);
      await browser.close();
      await server.shutdown();
      engine.close();
      far.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function hears(page: Page, hertz: number): Promise<boolean> {
  const heard = await page.evaluate<{ hertz: number; decibels: number }>("listen()");
  return Math.abs(heard.hertz - hertz) < 10 && heard.decibels > -50;
}
