import { Counters } from "../../../protocol/telemetry/counters.ts";
import { createLogger } from "../../../protocol/telemetry/logger.ts";
import { VirtualClock } from "../clock/virtual_clock.ts";
import type { DatagramHandler, OpenDatagramSocket } from "../rtp/datagram_socket.ts";
import { writeRtpHeader } from "../rtp/write_rtp_header.ts";
import { SrtpReceiver } from "../srtp/srtp_receiver.ts";
import { SrtpSender } from "../srtp/srtp_sender.ts";
import { MediaEngine } from "./media_engine.ts";

const handlers: DatagramHandler[] = [];
let port = 10_000;
const open: OpenDatagramSocket = (local, onPacket) => {
  handlers.push(onPacket);
  return { address: { ...local, port: port += 2 }, send: () => {}, close: () => {} };
};
const clock = new VirtualClock();
const engine = new MediaEngine({
  rtpPorts: "ephemeral",
  counters: new Counters(),
  log: createLogger({ service: "bench", level: "error" }),
  clock,
  open,
});
const from = { hostname: "192.0.2.1", port: 4000 };
const remote = { address: "192.0.2.1", port: 4000 };
const a = engine.createCarrierLeg({ localAddress: "127.0.0.1", remote });
const b = engine.createCarrierLeg({ localAddress: "127.0.0.1", codec: "PCMA", remote });
engine.bridge(a, b);
const packet = new Uint8Array(186);
const frame = packet.subarray(0, 172);
let sequence = 0;

Deno.bench("relay one 20 ms packet with transcoding, without the socket", () => {
  sequence = (sequence + 1) & 0xffff;
  writeRtpHeader(packet, false, 0, sequence, sequence * 160, 7);
  handlers[0](frame, from);
});

const key = new Uint8Array(16).fill(1);
const sender = new SrtpSender(key, new Uint8Array(14));
const receiver = new SrtpReceiver(key, new Uint8Array(14));

Deno.bench("protect and open one 20 ms packet", () => {
  sequence = (sequence + 1) & 0xffff;
  writeRtpHeader(packet, false, 0, sequence, sequence * 160, 9);
  receiver.open(packet, sender.protect(packet, 172, 12), 12);
});
