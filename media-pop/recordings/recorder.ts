import type { RecordingKind, RecordingOutcome } from "../../protocol/recording/recording.ts";
import type { OpenRecording } from "../calls/record_leg.ts";
import type { RecordingFigures } from "../calls/recording_figures.ts";
import type { MediaClock } from "../media/clock/media_clock.ts";
import type { AudioTap } from "../media/engine/audio_tap.ts";
import type { Codec } from "../media/g711/codec.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { transcodingTable } from "../media/g711/transcoding_table.ts";
import { ChannelTimeline } from "./channel_timeline.ts";
import type { RecordingWriter } from "./recording_writer.ts";
import { SpeechDetector } from "./speech_detector.ts";
import { Tape } from "./tape.ts";

const FRAME = 160;

/** What a {@linkcode Recorder} is made of. */
export interface RecorderParts {
  kind: RecordingKind;
  silenceMs: number | null;
  writer: RecordingWriter;
  clock: MediaClock;
  /** Told at most once, when the caller has been silent for too long. */
  fellSilent: () => void;
  /** Takes an empty message's file away. */
  discard: () => Promise<void>;
}

/** One recording: a tap on a leg, a tape, and the writer that empties it second by second. */
export class Recorder implements AudioTap, OpenRecording {
  /** Takes the tap off the leg. */
  untap: () => void = () => {};
  readonly #parts: RecorderParts;
  readonly #tape: Tape;
  readonly #lines = [new ChannelTimeline(), new ChannelTimeline()];
  readonly #speech: SpeechDetector;
  readonly #began: number;
  #silent = false;
  #openAt: number | null = null;
  #lingerMs = 0;
  #closed: Promise<RecordingFigures> | null = null;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#began = parts.clock.now();
    this.#tape = new Tape(parts.kind === "call" ? 2 : 1);
    this.#speech = new SpeechDetector(this.#began);
  }

  heard(
    packet: Uint8Array,
    start: number,
    end: number,
    codec: Codec,
    ssrc: number,
    timestamp: number,
    now: number,
  ): void {
    if (this.#parts.kind === "message") this.#speech.take(packet, start, end, codec, now);
    this.#lay(0, packet, start, end, codec, ssrc, timestamp, now);
  }

  said(
    packet: Uint8Array,
    start: number,
    end: number,
    codec: Codec,
    ssrc: number,
    timestamp: number,
    now: number,
  ): void {
    if (this.#parts.kind !== "call") return;
    this.#lay(1, packet, start, end, codec, ssrc, timestamp, now);
  }

  typing(now: number): void {
    if (this.#openAt !== null) this.#openAt = Math.max(this.#openAt, now + this.#lingerMs);
  }

  tick(now: number): void {
    const { writer, silenceMs, fellSilent } = this.#parts;
    const at = this.#at(now);
    if (this.#openAt !== null && now >= this.#openAt) {
      this.#openAt = null;
      this.#tape.gate(false, at);
      writer.change({ pauses: this.#tape.pauses(at) });
    }
    for (let second = this.#tape.next(at); second; second = this.#tape.next(at)) {
      writer.append(second);
      this.#tape.taken();
    }
    if (this.#silent || silenceMs === null || this.#speech.silence(now) < silenceMs) return;
    this.#silent = true;
    fellSilent();
  }

  /**
   * A gate that may open lingers, and longer while digits are typed: what was said or typed behind
   * it is still on its way, and some carriers send digits as tones as well.
   */
  gate(closed: boolean, lingerMs: number): void {
    const now = this.#parts.clock.now();
    this.#lingerMs = lingerMs;
    if (!closed) {
      this.#openAt = now + lingerMs;
      return;
    }
    this.#openAt = null;
    this.#tape.gate(true, this.#at(now));
  }

  close(outcome: RecordingOutcome): Promise<RecordingFigures> {
    return this.#closed ??= this.#close(outcome);
  }

  async #close(outcome: RecordingOutcome): Promise<RecordingFigures> {
    this.untap();
    const { kind, writer, clock, discard } = this.#parts;
    const at = this.#at(clock.now());
    const end = at - at % FRAME;
    for (let rest = this.#tape.rest(end); rest; rest = this.#tape.rest(end)) {
      writer.append(rest);
      this.#tape.taken();
    }
    await writer.flush();
    const pauses = this.#tape.pauses(end);
    const seconds = writer.bytes / this.#tape.secondBytes;
    const empty = kind === "message" && !this.#speech.heard;
    writer.change({ pauses, seconds, outcome: empty ? "empty" : outcome });
    await writer.close();
    if (empty) await discard();
    return { seconds: empty ? 0 : seconds, empty, pauses };
  }

  #lay(
    channel: 0 | 1,
    packet: Uint8Array,
    start: number,
    end: number,
    codec: Codec,
    ssrc: number,
    timestamp: number,
    now: number,
  ): void {
    const position = this.#lines[channel].position(ssrc, timestamp, this.#at(now));
    const table = transcodingTable(codec, MU_LAW);
    this.#tape.write(channel, position, packet, start, end, table);
  }

  /** Where the tape is, in samples. */
  #at(now: number): number {
    return Math.max(0, Math.round((now - this.#began) * 8));
  }
}
