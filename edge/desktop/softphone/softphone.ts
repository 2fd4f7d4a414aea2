import { Device, type types } from "mediasoup-client";
import type { SoftphoneState } from "../state/desktop_state.ts";
import { Signalling } from "./signalling.ts";

/** What the softphone needs, and whom it tells. */
export interface SoftphonePorts {
  url: string;
  accessToken: () => string;
  state: (state: SoftphoneState) => void;
  /** The far end's audio, once. */
  audio: (track: MediaStreamTrack) => void;
}

const RETRY_MS = [500, 1000, 2000, 4000, 8000];

/**
 * The agent's softphone: one transport each way to the PoP, made at sign-in and kept, so that
 * accepting a call needs no negotiation. The microphone is open but sends nothing outside calls.
 */
export class Softphone {
  #signalling: Signalling | null = null;
  #producer: types.Producer | null = null;
  #transports: types.Transport[] = [];
  #microphone: MediaStreamTrack | null = null;
  #muted = false;
  #inCall = false;
  #closed = false;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly ports: SoftphonePorts) {}

  /** Connects, and stays connected until closed. */
  async start(): Promise<void> {
    this.ports.state("connecting");
    try {
      this.#microphone ??= await openMicrophone();
    } catch (error) {
      const missing = error instanceof DOMException && error.name === "NotFoundError";
      return this.ports.state(missing ? "microphone-missing" : "microphone-refused");
    }
    try {
      await this.#connect(this.#microphone);
      this.#attempts = 0;
      this.ports.state("ready");
    } catch {
      this.#lost();
    }
  }

  /** Mutes or unmutes the microphone for this call. */
  mute(muted: boolean): void {
    this.#muted = muted;
    this.#speak();
  }

  /** Hands the PoP a fresh token before the old one ends. */
  renew(accessToken: string): void {
    this.#signalling?.request({ method: "hello", accessToken })
      .catch(() => this.#signalling?.close());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#release();
    this.#microphone?.stop();
  }

  async #connect(microphone: MediaStreamTrack): Promise<void> {
    const signalling = await Signalling.open(
      this.ports.url,
      this.ports.accessToken(),
      (notice) => {
        if (notice.event === "transport-closed") return signalling.close();
        this.#inCall = notice.event === "leg-joined";
        this.#muted &&= this.#inCall;
        this.#speak();
        this.ports.state(this.#inCall ? "in-call" : "ready");
      },
      () => this.#signalling === signalling && this.#lost(),
    );
    this.#signalling = signalling;
    const device = new Device();
    const capabilities = await signalling.request({ method: "router-capabilities" });
    await device.load({ routerRtpCapabilities: unwrap(capabilities) as types.RtpCapabilities });
    await this.#listen(device, signalling);
    await this.#talk(device, signalling, microphone);
  }

  async #talk(device: Device, signalling: Signalling, track: MediaStreamTrack): Promise<void> {
    const options = await signalling.request({ method: "create-transport", direction: "send" });
    const transport = device.createSendTransport(options as types.TransportOptions);
    this.#bind(transport, signalling);
    transport.on("produce", ({ rtpParameters }, done, failed) => {
      signalling.request({
        method: "produce",
        transportId: transport.id,
        kind: "audio",
        rtpParameters: rtpParameters as unknown as Record<string, unknown>,
      }).then((data) => done({ id: String(data.id ?? data.producerId) }), failed);
    });
    // The track is ours: the producer must neither stop nor disable it on its own account.
    this.#producer = await transport.produce({ track, stopTracks: false, zeroRtpOnPause: false });
    this.#speak();
  }

  async #listen(device: Device, signalling: Signalling): Promise<void> {
    const options = await signalling.request({ method: "create-transport", direction: "recv" });
    const transport = device.createRecvTransport(options as types.TransportOptions);
    this.#bind(transport, signalling);
    const consumer = await transport.consume(
      await signalling.request({
        method: "consume",
        transportId: transport.id,
        rtpCapabilities: device.recvRtpCapabilities as unknown as Record<string, unknown>,
      }) as types.ConsumerOptions,
    );
    this.ports.audio(consumer.track);
  }

  #bind(transport: types.Transport, signalling: Signalling): void {
    this.#transports.push(transport);
    transport.on("connect", ({ dtlsParameters }, done, failed) => {
      signalling.request({ method: "connect-transport", transportId: transport.id, dtlsParameters })
        .then(() => done(), failed);
    });
    transport.on("connectionstatechange", (state) => {
      if (state === "failed") signalling.close();
    });
  }

  /** The microphone is heard in a call and not muted, and nowhere else. */
  #speak(): void {
    const producer = this.#producer;
    if (!producer || producer.closed) return;
    const speak = this.#inCall && !this.#muted;
    if (speak === !producer.paused) return;
    if (speak) producer.resume();
    else producer.pause();
    this.#signalling?.request({
      method: speak ? "resume-producer" : "pause-producer",
      producerId: producer.id as `${string}-${string}-${string}-${string}-${string}`,
    }).catch(() => this.#signalling?.close());
  }

  #lost(): void {
    this.#release();
    if (this.#closed) return;
    this.ports.state("lost");
    const wait = RETRY_MS[Math.min(this.#attempts, RETRY_MS.length - 1)];
    this.#attempts += 1;
    this.#timer = setTimeout(() => this.start(), wait);
  }

  #release(): void {
    const signalling = this.#signalling;
    this.#signalling = null;
    this.#inCall = false;
    for (const transport of this.#transports.splice(0)) transport.close();
    this.#producer = null;
    signalling?.close();
  }
}

async function openMicrophone(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  return stream.getAudioTracks()[0];
}

/** Capabilities come bare, or under their own name. */
function unwrap(data: Record<string, unknown>): unknown {
  return data.routerRtpCapabilities ?? data.rtpCapabilities ?? data;
}
