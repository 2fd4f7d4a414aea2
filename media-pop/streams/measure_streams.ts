// Callers whose audio goes to an echoing bot and back, over real sockets:
//   deno run -A --unstable-net media-pop/streams/measure_streams.ts [streams] [seconds]
// Prints latency from the caller's packet to the packet that comes back, and what a stream costs.
import process from "node:process";
import { Counters } from "../../protocol/telemetry/counters.ts";
import { createLogger } from "../../protocol/telemetry/logger.ts";
import { MediaEngine } from "../media/engine/media_engine.ts";
import { openDenoSocket } from "../media/rtp/open_deno_socket.ts";
import { writeRtpHeader } from "../media/rtp/write_rtp_header.ts";
import { RuleBotProcess } from "../testing/rule_bot_process.ts";
import { BotStream } from "./bot_stream.ts";

const [streams, seconds] = [Number(Deno.args[0] ?? 1), Number(Deno.args[1] ?? 10)];
const log = createLogger({ service: "bench", write: () => {} });
const bot = await RuleBotProcess.start();
const engine = new MediaEngine({ rtpPorts: "ephemeral", counters: new Counters(), log });
const delays: number[] = [];
const sentAt = new Map<number, number>();
let number = 0;

const callers = Array.from({ length: streams }, (_, index) => {
  const leg = engine.createCarrierLeg({ localAddress: "127.0.0.1", codec: "PCMU" });
  const target = { hostname: "127.0.0.1", port: leg.localPort };
  const socket = openDenoSocket({ hostname: "127.0.0.1", port: 0 }, (packet) => {
    const view = new DataView(packet.buffer, packet.byteOffset);
    const at = packet.length === 172 ? sentAt.get(view.getUint32(12)) : undefined;
    if (at === undefined) return;
    delays.push(performance.now() - at);
    sentAt.delete(view.getUint32(12));
  }, () => {});
  leg.setRemote({ address: "127.0.0.1", port: socket.address.port, direction: "sendrecv" });
  const packet = new Uint8Array(172);
  let sequence = 0;
  return {
    leg,
    index,
    send() {
      writeRtpHeader(packet, false, 0, sequence & 0xffff, sequence * 160, index + 1);
      sequence++;
      number = (number + 1) >>> 0;
      new DataView(packet.buffer).setUint32(12, number);
      sentAt.set(number, performance.now());
      socket.send(packet, target);
    },
    close: () => socket.close(),
  };
});

/** Runs for a while; what a caller costs in CPU, in percent of a core, other than the bot. */
async function run(): Promise<number> {
  const before = process.cpuUsage();
  const began = performance.now();
  let sent = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      // Callers are spread over the 20 ms.
      const due = Math.floor((performance.now() - began) / 20 * streams);
      while (sent < due) callers[sent++ % streams].send();
      if (performance.now() - began < seconds * 1000) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (performance.now() - began) * 100 / streams;
}

const without = await run();
sentAt.clear();
delays.length = 0;
const opened = callers.map(async ({ leg, index }) => {
  const streamId = `018f0000-0000-7000-8000-${String(index).padStart(12, "0")}`;
  const url = bot.url("echo");
  const authorization = await RuleBotProcess.authorization(url, streamId);
  await new Promise<void>((resolve, reject) => {
    const stream = new BotStream(
      {
        ...{ callId: "c", tenantId: "t", from: "+49301", to: "+49302" },
        command: {
          ...{ type: "stream", streamId, url, authorization, parameters: {}, seal: null },
          ...{ encoding: "audio/x-mulaw", sampleRate: 8000, connectMs: 5000 },
          ...{ firstAudioMs: 5000, silentMs: 5000, wholeMs: 600_000 },
        },
      },
      (news) => {
        if (news.type === "stream-lost") reject(new Error(news.fault));
        if (news.type !== "stream-opened") return;
        engine.bridge(leg, stream.audio);
        resolve();
      },
      {
        egress: { allow: new Set([bot.host]), resolve: () => Promise.resolve([]) },
        openLeg: (listener) => engine.createStreamLeg(listener),
        random: (size) => crypto.getRandomValues(new Uint8Array(size)),
        random32: () => Math.random() * 2 ** 32,
        now: () => performance.now(),
        log,
      },
    );
  });
});
await Promise.all(opened);
const withBot = await run();
const sorted = Float64Array.from(delays).sort();
const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] * 10) / 10;
const round = (value: number) => Math.round(value * 1000) / 1000;
const text = JSON.stringify({
  ...{ streams, seconds, packets: sorted.length },
  latencyMs: { p50: at(0.5), p99: at(0.99), max: at(0.99999) },
  cpuPercentOfACorePerStream: { without: round(without), with: round(withBot) },
});
await Deno.stdout.write(new TextEncoder().encode(`${text}\n`));
for (const caller of callers) caller.close();
engine.close();
await bot[Symbol.asyncDispose]();
Deno.exit(0);
