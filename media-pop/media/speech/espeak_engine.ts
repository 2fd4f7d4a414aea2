import { LONGEST_SECONDS } from "../../../protocol/audio/sound.ts";
import { readWav } from "../../../protocol/audio/read_wav.ts";
import { telephoneSamples } from "../../../protocol/audio/telephone_samples.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { espeakVoice, readEspeakVoices } from "./espeak_voices.ts";
import { readAtMost } from "./read_at_most.ts";
import type { SpeechEngine } from "./speech_engine.ts";

/** How long the program may take to say what it is, in milliseconds. */
const DETECTION = 5_000;
const MOST_LISTED = 256 * 1024;
/** Ten minutes of 16-bit samples at 24 kHz, in bytes. */
const MOST_AUDIO = LONGEST_SECONDS * 24_000 * 2;

/**
 * espeak-ng as a program of its own: nothing of it is linked in. Text goes in by a pipe, so that it
 * stands in no list of processes.
 */
export class EspeakEngine implements SpeechEngine {
  readonly name: string;
  readonly languages: readonly string[];
  readonly #program: string;
  readonly #voices: ReadonlySet<string>;

  private constructor(program: string, version: string, voices: readonly string[]) {
    this.#program = program;
    this.name = version;
    this.languages = voices;
    this.#voices = new Set(voices);
  }

  /** Finds the program; null when it is not installed or does not answer. */
  static async find(program = "espeak-ng"): Promise<EspeakEngine | null> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), DETECTION);
    try {
      const ask = async (flag: string) =>
        new TextDecoder().decode(await run(program, [flag], "", MOST_LISTED, limit.signal));
      const version = /(\d+(?:\.\d+)+)/.exec(await ask("--version"))?.[1] ?? "0";
      const voices = readEspeakVoices(await ask("--voices"));
      return voices.length > 0 ? new EspeakEngine(program, `espeak-ng ${version}`, voices) : null;
    } catch (error) {
      if (error instanceof AntiphonError) return null;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async synthesize(
    text: string,
    language: string,
    voice: string | null,
    signal: AbortSignal,
  ): Promise<Int16Array> {
    const spoken = espeakVoice(language, this.#voices);
    if (!spoken) {
      throw new AntiphonError("speech_unavailable", `No voice here speaks ${language}`, {
        data: { language },
      });
    }
    const name = voice === null ? spoken : `${spoken}+${voice}`;
    // Double brackets would be read as phonemes.
    const plain = text.replaceAll("[[", "[ [");
    const flags = ["-v", name, "-b", "1", "--stdin", "--stdout"];
    const file = await run(this.#program, flags, plain, MOST_AUDIO, signal);
    if (file.length === 0) {
      throw new AntiphonError("speech_unavailable", "The speech engine failed");
    }
    return telephoneSamples(readWav(file));
  }
}

/** Runs the program to its end. Throws `speech_unavailable` when it is not there, fails or is slow. */
async function run(
  program: string,
  args: string[],
  input: string,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  try {
    signal.throwIfAborted();
    const pipes = { stdin: "piped", stdout: "piped", stderr: "null" } as const;
    await using child = new Deno.Command(program, { args, signal, ...pipes }).spawn();
    const feed = async () => {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(input));
      await writer.close();
    };
    const [output] = await Promise.all([
      readAtMost(child.stdout, most),
      // A program that needs no input may close the pipe first.
      feed().catch((error) => {
        if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
      }),
    ]);
    const { success } = await child.status;
    if (success) return output;
    throw new AntiphonError("speech_unavailable", "The speech engine failed");
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError("speech_unavailable", "The speech engine cannot be run", { cause });
  }
}
