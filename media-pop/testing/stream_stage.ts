import assert from "node:assert/strict";
import { StreamCommand } from "../../protocol/pop_link/call_stream.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { FarEnd } from "../media/engine/testing/far_end.ts";
import { goertzel } from "../media/g711/goertzel.ts";
import { openPopMedia } from "../process/open_pop_media.ts";
import { readPopEnvironment } from "../process/pop_environment.ts";
import { startPop } from "../process/start_pop.ts";
import { SipEndpoint } from "../sip/sip_endpoint.ts";
import { makeOffer } from "../sip/sdp/make_offer.ts";
import { readSession } from "../sip/sdp/read_session.ts";
import { PopBench } from "./pop_bench.ts";
import { RuleBotProcess } from "./rule_bot_process.ts";

/** What a test may change about a stream. */
export type StreamChanges = Partial<typeof StreamCommand._output> & { key?: string };

/** Packets in which a tone must sound: 100 ms. */
const WINDOW = 5;

/**
 * A PoP with its real media, a caller who speaks real RTP to it, and the rule bot as a process.
 * Bots on other ports of this machine are not allowed, but for those in `allow`.
 */
export async function streamStage(codec: "PCMU" | "PCMA" = "PCMA", allow: string[] = []) {
  const bot = await RuleBotProcess.start();
  const bench = await PopBench.open();
  const log = createLogger({ service: "test", write: () => {} });
  const pop = await startPop(
    readPopEnvironment({ ...bench.environment(), EGRESS_ALLOW: [bot.host, ...allow].join() }),
    openPopMedia,
    log,
  );
  const sip = new SipEndpoint({
    listeners: [{ transport: "udp", hostname: "127.0.1.1", port: 0 }],
    log,
    counters: new Counters(),
  });
  await sip.start();
  const far = new FarEnd(codec);
  let speaks = 0;
  const pace = setInterval(() => {
    if (far.target) far.send(speaks);
  }, 20);
  const call = sip.invite({
    uri: `sip:+4969900100@127.0.0.1:${pop.sip[0].split(":").at(-1)}`,
    from: "sip:+49151234567@127.0.1.1",
    sdp: makeOffer({
      ...{ address: "127.0.0.1", port: far.port, sessionId: "1", version: 1, codecs: [codec] },
    }),
    destination: { address: "127.0.0.1", port: Number(pop.sip[0].split(":").at(-1)) },
  });
  call.onAnswered = (sdp) => {
    const session = readSession(sdp!);
    assert.ok(session.ok);
    const { address: hostname, port } = session.description.audio;
    far.target = { hostname, port };
  };
  const { cell } = bench;
  const offered = await cell.event("call.offered");
  await cell.command(offered, { type: "answer" });
  await cell.event("call.answered");
  let made = 0;
  return {
    ...{ bot, cell, far, call, offered },
    /** Lets the caller speak a tone; 0 for silence. */
    speak: (hz: number) => void (speaks = hz),
    /** Connects the caller to the bot; answers the stream's id. */
    async stream(does?: string, changes: StreamChanges = {}): Promise<string> {
      const streamId = `018f0000-0000-7000-8000-0000000001${String(++made).padStart(2, "0")}`;
      const { key, url = bot.url(does), ...rest } = changes;
      const result = await cell.command(offered, {
        ...{ type: "stream", streamId, url },
        authorization: await RuleBotProcess.authorization(url, streamId, key),
        ...{ encoding: "audio/x-mulaw", sampleRate: 8000, parameters: { language: "en" } },
        seal: null,
        ...{ connectMs: 2000, firstAudioMs: 2000, silentMs: 2000, wholeMs: 20_000, ...rest },
      });
      assert.equal(result.ok, true, String(result.code));
      return streamId;
    },
    command: (command: Parameters<typeof cell.command>[1]) => cell.command(offered, command),
    /** Waits until the caller hears a tone; answers after how many packets from now. */
    async hears(hz: number, from = far.packets.length): Promise<number> {
      for (let heard = from + WINDOW; heard < from + 400; heard++) {
        await far.heard(heard);
        const samples = far.samples(heard - WINDOW, heard);
        if (goertzel(samples, hz) > 3000) return heard - from;
      }
      throw new Error(`${hz} Hz was not heard`);
    },
    /** Waits until the caller hears nothing. */
    async hearsNothing(from = far.packets.length): Promise<number> {
      for (let heard = from + WINDOW; heard < from + 400; heard++) {
        await far.heard(heard);
        if (far.samples(heard - WINDOW, heard).every((x) => Math.abs(x) < 200)) return heard - from;
      }
      throw new Error("It was never silent");
    },
    /** The stream's events so far, by type. */
    told: <T extends CallEvent["type"]>(type: T) =>
      cell.events.flatMap(({ event }) =>
        event.type === type ? [event as Extract<CallEvent, { type: T }>] : []
      ),
    ended: async (streamId: string) =>
      (await cell.frame(
        "event",
        ({ event }) => event.type === "stream.ended" && event.streamId === streamId,
      )).event as Extract<CallEvent, { type: "stream.ended" }>,
    async [Symbol.asyncDispose]() {
      clearInterval(pace);
      await cell.command(offered, { type: "hang-up", cause: "flow-hung-up", sipStatus: null });
      await cell.event("call.ended");
      far.close();
      await sip.close();
      await pop.stop();
      await bench.close();
      await bot[Symbol.asyncDispose]();
    },
  };
}
