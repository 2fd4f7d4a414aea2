import { MU_LAW_TABLES } from "../../../protocol/audio/mu_law_tables.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { Counters } from "../../../protocol/telemetry/counters.ts";
import type { AudioCache } from "../cache/audio_cache.ts";
import { keyOf } from "../cache/key_of.ts";
import type { SpeechEngine } from "./speech_engine.ts";

/** Texts that are made into speech at the same time. */
const AT_ONCE = 2;
/** Texts that wait for their turn, at most. */
const LONGEST_QUEUE = 64;
/** How long one text may take, waiting included, in milliseconds. */
const DEADLINE = 8_000;

/** What is to be said. */
export interface Speech {
  text: string;
  /** BCP 47. */
  language: string;
  voice: string | null;
  /** Its audio is kept in memory only. */
  transient: boolean;
}

/** What a {@linkcode Speaker} needs. */
export interface SpeakerOptions {
  /** Null: no engine is installed. */
  engine: SpeechEngine | null;
  cache: AudioCache;
  counters: Counters;
  /** Runs something in so many milliseconds; returns what prevents it. */
  timer: (ms: number, run: () => void) => () => void;
}

/**
 * Says texts: each is made into speech once and then kept. Texts are made two at a time, in the
 * order they came; who asks for one that is being made waits for the same.
 */
export class Speaker {
  readonly #options: SpeakerOptions;
  readonly #making = new Map<string, Promise<Uint8Array>>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;

  constructor(options: SpeakerOptions) {
    this.#options = options;
  }

  /**
   * µ-law code words of a text.
   * @throws AntiphonError `speech_unavailable` without an engine that speaks the language,
   * `speech_busy` when too many texts wait, `deadline_exceeded`
   */
  async say(speech: Speech): Promise<Uint8Array> {
    const { engine, cache } = this.#options;
    if (!engine) {
      throw new AntiphonError("speech_unavailable", "Install espeak-ng to let flows say texts");
    }
    const text = speech.text.normalize("NFC").replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, " ").trim();
    if (text === "") return new Uint8Array();
    const key = await keyOf("speech", engine.name, speech.voice, speech.language, text);
    const known = await cache.get(key);
    this.#options.counters.add("antiphon_speech_total", { from: known ? "cache" : "engine" });
    if (known) return known;
    const making = this.#making.get(key) ?? this.#make(key, engine, { ...speech, text });
    this.#making.set(key, making);
    return await making;
  }

  async #make(key: string, engine: SpeechEngine, speech: Speech): Promise<Uint8Array> {
    const limit = new AbortController();
    const cancel = this.#options.timer(DEADLINE, () => limit.abort());
    try {
      await this.#turn(limit.signal);
      try {
        const { text, language, voice, transient } = speech;
        const samples = await engine.synthesize(text, language, voice, limit.signal);
        if (limit.signal.aborted) throw late();
        const codes = Uint8Array.from(samples, (it) => MU_LAW_TABLES.encode[it & 0xffff]);
        await this.#options.cache.put(key, codes, { transient });
        return codes;
      } catch (error) {
        throw limit.signal.aborted ? late() : error;
      } finally {
        this.#busy--;
        this.#waiting.shift()?.();
      }
    } finally {
      cancel();
      this.#making.delete(key);
    }
  }

  /** Waits for a place among those at work, and takes it. */
  async #turn(signal: AbortSignal): Promise<void> {
    if (this.#busy < AT_ONCE) {
      this.#busy++;
      return;
    }
    if (this.#waiting.length >= LONGEST_QUEUE) {
      throw new AntiphonError("speech_busy", "Too many texts wait to be said");
    }
    const turn = Promise.withResolvers<void>();
    const take = () => {
      this.#busy++;
      turn.resolve();
    };
    const leave = () => {
      const at = this.#waiting.indexOf(take);
      if (at >= 0) this.#waiting.splice(at, 1);
      turn.reject(late());
    };
    this.#waiting.push(take);
    signal.addEventListener("abort", leave, { once: true });
    await turn.promise;
    signal.removeEventListener("abort", leave);
  }
}

function late(): AntiphonError {
  return new AntiphonError("deadline_exceeded", "A text took too long to be made into speech");
}
