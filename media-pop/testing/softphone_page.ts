/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { Device, types } from "npm:mediasoup-client@3.24.1";

type Answer = { id?: number; ok?: boolean; data?: unknown; event?: string };

const waiting = new Map<number, (answer: Answer) => void>();
const events: string[] = [];
let socket: WebSocket;
let count = 0;
let analyser: AnalyserNode;

function ask<T>(method: string, body: Record<string, unknown> = {}): Promise<T> {
  const id = ++count;
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  waiting.set(
    id,
    ({ ok, data, ...rest }) =>
      ok ? resolve(data as T) : reject(new Error(`${method}: ${JSON.stringify(rest)}`)),
  );
  socket.send(JSON.stringify({ id, method, ...body }));
  return promise;
}

function wire(transport: types.Transport): types.Transport {
  transport.on("connect", ({ dtlsParameters }, done, failed) => {
    ask("connect-transport", { transportId: transport.id, dtlsParameters })
      .then(() => done(), failed);
  });
  return transport;
}

/** Registers at a PoP and connects both ways, as the desktop's softphone does. */
async function register(url: string, accessToken: string): Promise<string> {
  socket = new WebSocket(url);
  socket.onmessage = ({ data }) => {
    const answer: Answer = JSON.parse(data);
    if (answer.event) events.push(answer.event);
    else waiting.get(answer.id!)?.(answer);
  };
  await new Promise((resolve) => socket.onopen = resolve);
  await ask("hello", { accessToken });
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities: await ask("router-capabilities") });
  const make = (direction: string) =>
    ask<types.TransportOptions>("create-transport", { direction });
  const send = wire(device.createSendTransport(await make("send")));
  const recv = wire(device.createRecvTransport(await make("recv")));
  send.on("produce", ({ kind, rtpParameters }, done, failed) => {
    ask<{ id: string }>("produce", { transportId: send.id, kind, rtpParameters })
      .then(done, failed);
  });
  const microphone = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const producer = await send.produce({ track: microphone.getAudioTracks()[0] });
  const { rtpCapabilities } = device;
  const wanted = { transportId: recv.id, rtpCapabilities };
  const consumer = await recv.consume(await ask<types.ConsumerOptions>("consume", wanted));
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

/** Types digits to the caller. */
async function type(digits: string): Promise<void> {
  await ask("send-digits", { digits });
}

Object.assign(globalThis, { register, listen, type, events });
