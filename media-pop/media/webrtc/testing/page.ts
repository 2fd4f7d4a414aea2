/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { Device, types } from "npm:mediasoup-client@3.24.1";

async function ask<T>(method: string, body: unknown = {}): Promise<T> {
  const response = await fetch(`/${method}`, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
  return await response.json();
}

let analyser: AnalyserNode;
let consumer: types.Consumer;
let producer: types.Producer;

function wire(transport: types.Transport): types.Transport {
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    ask("connect", { id: transport.id, dtlsParameters }).then(() => done(), failed);
  });
  return transport;
}

/** Connects both ways, as the desktop's softphone does. Returns the codec the device chose. */
async function start(): Promise<string> {
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: await ask("capabilities") });
  const send = device.createSendTransport(
    await ask<types.TransportOptions>("transport", { direction: "send" }),
  );
  const recv = device.createRecvTransport(
    await ask<types.TransportOptions>("transport", { direction: "recv" }),
  );
  wire(send).on("produce", ({ kind, rtpParameters }, done, failed) => {
    ask<{ id: string }>("produce", { id: send.id, kind, rtpParameters }).then(done, failed);
  });
  wire(recv);
  const microphone = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  producer = await send.produce({ track: microphone.getAudioTracks()[0] });
  consumer = await recv.consume(await ask("consume", { id: recv.id }));
  const stream = new MediaStream([consumer.track]);
  const audio = new Audio();
  audio.srcObject = stream;
  audio.muted = true;
  audio.play().catch(() => {});
  const context = new AudioContext();
  await context.resume();
  analyser = context.createAnalyser();
  analyser.fftSize = 8192;
  analyser.smoothingTimeConstant = 0;
  context.createMediaStreamSource(stream).connect(analyser);
  return producer.rtpParameters.codecs[0].mimeType;
}

/** The loudest frequency heard now, in hertz, with its level in decibels. */
function listen(): { hertz: number; decibels: number } {
  const bins = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(bins);
  const loudest = bins.reduce((best, level, i) => level > bins[best] ? i : best, 0);
  const width = analyser.context.sampleRate / analyser.fftSize;
  return { hertz: loudest * width, decibels: bins[loudest] };
}

/** What the browser measured: round trip of what it sends, packets it got. */
async function measure(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  (await producer.getStats()).forEach((report) => {
    if (report.type === "remote-inbound-rtp") found.roundTrip = report.roundTripTime;
  });
  (await consumer.getStats()).forEach((report) => {
    if (report.type === "inbound-rtp") {
      found.received = report.packetsReceived;
      found.lost = report.packetsLost;
    }
    if (report.type === "remote-outbound-rtp") found.remoteSent = report.packetsSent;
  });
  return found;
}

Object.assign(globalThis, { start, listen, measure });
