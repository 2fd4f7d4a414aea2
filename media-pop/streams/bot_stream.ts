import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { StreamFault } from "../../protocol/pop_link/call_stream.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CallStream, OpenStream, StreamNews } from "../calls/media_leg.ts";
import { sealDigits } from "../calls/seal_digits.ts";
import type { StreamLeg, StreamListener } from "../media/engine/stream_leg.ts";
import type { Codec } from "../media/g711/codec.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { AudioConverter } from "./audio_converter.ts";
import { AudioQueue } from "./audio_queue.ts";
import { egressTarget, type StreamEgress } from "./egress_target.ts";
import { MediaFrameWriter } from "./media_frame_writer.ts";
import { type BotFrame, readBotFrame } from "./read_bot_frame.ts";
import type { ClientSocket } from "./web_socket/client_socket.ts";
import { openWebSocket } from "./web_socket/open_web_socket.ts";

/** What streams need of the process. */
export interface StreamParts {
  egress: StreamEgress;
  openLeg: (listener: StreamListener) => StreamLeg;
  random: (size: number) => Uint8Array;
  random32: () => number;
  /** Monotonic milliseconds. */
  now: () => number;
  log: Logger;
  /** Certificates that count beside the system's, as PEM. */
  caCerts?: string[];
}

/** A minute of a bot's audio, and 40 ms against the network's jitter. */
const QUEUE = { limit: 480_000, cushion: 320, marks: 500 };
/** Transcript frames that one stream may bring. */
const MOST_SAID = 2_000;
/** A socket is asked whether it lives this often, in milliseconds, or thrice in its silence. */
const PING_EVERY = 5_000;
/** Bytes of a frame's audio, base64 undone, at most. */
const LARGEST_AUDIO = 192 * 1024;

type Wanted = Parameters<OpenStream>[0];

/** One call's stream to a bot's socket: frames on one side, the media engine's leg on the other. */
export class BotStream implements CallStream, StreamListener {
  readonly #wanted: Wanted;
  readonly #tell: (news: StreamNews) => void;
  readonly #parts: StreamParts;
  readonly #leg: StreamLeg;
  readonly #queue = new AudioQueue(MU_LAW.silence, QUEUE);
  readonly #converter: AudioConverter;
  readonly #writer: MediaFrameWriter;
  readonly #audio = new Uint8Array(AudioConverter.LARGEST);
  readonly #giveUp = new AbortController();
  readonly #fill = (out: Uint8Array, offset: number) => {
    out.set(this.#writer.bytes.subarray(0, this.#written), offset);
  };
  /** What a bot's audio is decoded into; grows to the largest frame it sends. */
  #incoming = new Uint8Array(4096);
  #written = 0;
  #socket: ClientSocket | undefined;
  #sequence = 0;
  #chunk = 0;
  #startedAt = 0;
  #aliveAt = 0;
  #pingAt = 0;
  #said = 0;
  #heard = false;
  #full = false;
  /** The bot has said how it ends; nothing but `clear` counts any more. */
  #decided = false;
  #over = false;

  constructor(wanted: Wanted, tell: (news: StreamNews) => void, parts: StreamParts) {
    this.#wanted = wanted;
    this.#tell = tell;
    this.#parts = parts;
    const { streamId, encoding, sampleRate } = wanted.command;
    this.#converter = new AudioConverter({ encoding, sampleRate });
    this.#writer = new MediaFrameWriter(streamId, AudioConverter.LARGEST);
    this.#leg = parts.openLeg(this);
    queueMicrotask(() => void this.#open());
  }

  get audio(): StreamLeg {
    return this.#leg;
  }

  digit(digit: string): void {
    this.#send({ event: "dtmf", dtmf: { track: "inbound_track", digit } });
  }

  close(): void {
    const { callId, tenantId } = this.#wanted;
    if (!this.#over) this.#send({ event: "stop", stop: { accountSid: tenantId, callSid: callId } });
    this.#end();
  }

  heard(packet: Uint8Array, start: number, size: number, codec: Codec, now: number): void {
    if (!this.#socket || this.#decided) return;
    const length = this.#converter.outward(packet, start, size, codec, this.#audio);
    const [sequence, chunk] = [++this.#sequence, ++this.#chunk];
    const since = now - this.#startedAt;
    this.#written = this.#writer.write(this.#audio, length, sequence, chunk, since);
    if (!this.#socket.send(this.#written, this.#fill) && this.#socket.open) {
      this.#fail("not-reading");
    }
  }

  play(out: Uint8Array, offset: number, now: number): boolean {
    if (this.#over || !this.#socket) return false;
    this.#watch(now);
    return this.#queue.read(out, offset, now);
  }

  async #open(): Promise<void> {
    const { command, callId } = this.#wanted;
    const { random, random32, egress, caCerts, now, log } = this.#parts;
    const { signal } = this.#giveUp;
    try {
      const target = await egressTarget(command.url, egress);
      const socket = await openWebSocket({
        url: new URL(command.url),
        ...{ target, random, random32, signal, caCerts },
        headers: { authorization: command.authorization, "user-agent": "Antiphon" },
        events: {
          text: (message) => this.#take(message),
          alive: () => this.#aliveAt = now(),
          closed: (code, error) => this.#closed(code, error),
        },
      });
      if (this.#over) return socket.close(1000);
      this.#socket = socket;
      this.#startedAt = this.#aliveAt = this.#pingAt = now();
      this.#start();
      this.#tell({ type: "stream-opened" });
    } catch (error) {
      if (this.#over) return;
      log.info("stream.not_opened", { callId, streamId: command.streamId, error });
      this.#fail(faultOf(error));
    }
  }

  #start(): void {
    const { callId, tenantId, from, to, command } = this.#wanted;
    const { streamId, encoding, sampleRate, parameters } = command;
    this.#socket!.sendText('{"event":"connected","protocol":"Call","version":"1.0.0"}');
    this.#send({
      event: "start",
      start: {
        ...{ accountSid: tenantId, streamSid: streamId, callSid: callId, tracks: ["inbound"] },
        ...{ from, to, customParameters: parameters },
        mediaFormat: { encoding, sampleRate, channels: 1 },
      },
    });
  }

  #send(frame: Record<string, unknown> & { event: string }): void {
    const { streamId } = this.#wanted.command;
    const { event, ...rest } = frame;
    const sequenceNumber = String(++this.#sequence);
    this.#socket?.sendText(JSON.stringify({ event, sequenceNumber, streamSid: streamId, ...rest }));
  }

  #take(message: string): void {
    if (this.#over) return;
    try {
      const frame = readBotFrame(message);
      if (frame.streamSid !== this.#wanted.command.streamId) {
        throw new AntiphonError("frame_invalid", "This is another stream's id");
      }
      this.#follow(frame);
    } catch (error) {
      const { callId, command } = this.#wanted;
      this.#parts.log.info("stream.frame_refused", { callId, streamId: command.streamId, error });
      this.#fail("invalid-frame");
    }
  }

  #follow(frame: BotFrame): void {
    if (frame.event === "clear") {
      this.#full = false;
      return this.#queue.clear();
    }
    if (this.#decided) return;
    switch (frame.event) {
      case "media":
        return this.#takeAudio(frame.media.payload);
      case "mark": {
        const { name } = frame.mark;
        const echo = () => this.#send({ event: "mark", mark: { name } });
        if (this.#queue.mark(echo)) return;
        throw new AntiphonError("frame_invalid", "Too many marks wait to be heard");
      }
      case "transcript":
        return this.#say(frame.transcript);
      case "outcome": {
        const { type, reason = null, transcript, variables } = frame.outcome;
        for (const said of transcript) this.#say(said);
        this.#decided = true;
        const outcome = type === "handled" ? "handled" : "escalated";
        // What it said before is heard first. A queue whose marks are full has audio to play.
        const heard = Promise.withResolvers<void>();
        if (!this.#queue.mark(heard.resolve)) heard.resolve();
        void this.#decide({ type: "stream-outcome", outcome, reason }, variables, heard.promise);
      }
    }
  }

  /** Tells the outcome once it was heard; what is to be sealed never leaves in clear. */
  async #decide(
    news: { type: "stream-outcome"; outcome: "handled" | "escalated"; reason: string | null },
    given: Readonly<Record<string, string>>,
    heard: Promise<void>,
  ): Promise<void> {
    const { seal } = this.#wanted.command;
    const variables = { ...given };
    const sealed: Record<string, string> = {};
    try {
      for (const name of seal?.names ?? []) {
        if (variables[name] === undefined) continue;
        sealed[name] = await sealDigits(variables[name], seal!.key);
        delete variables[name];
      }
      await heard;
      this.#tell({ ...news, variables, sealed });
    } catch (error) {
      const { callId } = this.#wanted;
      this.#parts.log.error("stream.seal_failed", { callId, error });
      this.#fail("broken");
    }
  }

  #say({ author, text }: { author: "contact" | "bot"; text: string }): void {
    if (++this.#said > MOST_SAID) {
      throw new AntiphonError("frame_invalid", "The transcript is too long");
    }
    this.#tell({ type: "stream-message", author, text });
  }

  #takeAudio(payload: string): void {
    const largest = Math.ceil(payload.length / 4) * 3;
    if (largest > LARGEST_AUDIO) throw new AntiphonError("frame_invalid", "Too much audio at once");
    if (largest > this.#incoming.length) this.#incoming = new Uint8Array(largest);
    const { written } = this.#incoming.setFromBase64(payload);
    const length = this.#converter.inward(this.#incoming, written);
    if (length > 0 && !this.#heard) {
      this.#heard = true;
      this.#tell({ type: "stream-heard" });
    }
    const dropped = this.#queue.push(this.#incoming, length, this.#parts.now());
    // Told once a burst, or a bot that sends too much would be answered as much.
    if (dropped > 0 && !this.#full) this.#send({ event: "error", error: { code: "buffer-full" } });
    this.#full = dropped > 0;
  }

  /** Looks at whether the socket lives. */
  #watch(now: number): void {
    const { silentMs } = this.#wanted.command;
    if (now - this.#aliveAt >= silentMs && !this.#decided) return this.#fail("silent");
    if (now - this.#pingAt < Math.min(PING_EVERY, silentMs / 3)) return;
    this.#pingAt = now;
    this.#socket?.ping();
  }

  #closed(code: number | null, error: unknown): void {
    // A bot that has decided may go while its last words are heard.
    if (this.#over || this.#decided) return;
    const { callId, command } = this.#wanted;
    this.#parts.log.info("stream.closed", { callId, streamId: command.streamId, code, error });
    const isNonsense = error instanceof AntiphonError && error.code === "frame_invalid";
    this.#fail(isNonsense ? "invalid-frame" : code === null ? "broken" : "closed");
  }

  #fail(fault: StreamFault): void {
    if (this.#over) return;
    this.#end();
    this.#tell({ type: "stream-lost", fault });
  }

  #end(): void {
    this.#over = true;
    this.#giveUp.abort();
    this.#socket?.close(1000);
    this.#leg.close();
  }
}

function faultOf(error: unknown): StreamFault {
  if (!(error instanceof AntiphonError)) return "unreachable";
  if (error.code === "egress_refused") return "refused-address";
  if (error.code !== "provider_refused") return "unreachable";
  const { status } = error.data as { status: number };
  return status >= 300 && status < 400 ? "redirected" : "refused";
}
