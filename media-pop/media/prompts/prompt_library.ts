import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { beep } from "./beep.ts";
import { busyTone } from "./busy_tone.ts";
import { earcon } from "./earcon.ts";
import { holdMusic, holdWaltz } from "./hold_music.ts";
import { Prompt } from "./prompt.ts";
import { readWav } from "../../../protocol/audio/read_wav.ts";
import { telephoneSamples } from "../../../protocol/audio/telephone_samples.ts";
import { ringbackTone } from "./ringback_tone.ts";

const BUILT_IN = new URL("./library/", import.meta.url);

/**
 * Sounds by name, kept ready in both laws: files of a folder ("welcome" is `welcome.wav`) and what is
 * made by rule: `hold-music`, `hold-music-waltz`, `ringback-eu`, `ringback-us`, `busy-eu`, `busy-us`,
 * `beep`, `confirm`, `error`. About 16 KiB a second of audio.
 */
export class PromptLibrary {
  readonly #prompts = new Map<string, Prompt>();

  /** A library of the built-in prompts. Throws `configuration_invalid` when they cannot be read. */
  static async load(folder: URL = BUILT_IN): Promise<PromptLibrary> {
    const library = new PromptLibrary();
    library.add("hold-music", holdMusic());
    library.add("hold-music-waltz", holdWaltz());
    library.add("ringback-eu", ringbackTone("eu"));
    library.add("ringback-us", ringbackTone("us"));
    library.add("busy-eu", busyTone("eu"));
    library.add("busy-us", busyTone("us"));
    library.add("beep", beep());
    library.add("confirm", earcon("confirm"));
    library.add("error", earcon("error"));
    try {
      for await (const { name, isFile } of Deno.readDir(folder)) {
        if (!isFile || !name.endsWith(".wav")) continue;
        library.addWav(name.slice(0, -4), await Deno.readFile(new URL(name, folder)));
      }
    } catch (cause) {
      const message = `Cannot read the prompts in ${folder.pathname}`;
      throw new AntiphonError("configuration_invalid", message, { cause });
    }
    return library;
  }

  /** Names in order. */
  get names(): string[] {
    return [...this.#prompts.keys()].sort();
  }

  /** The prompt of a name. Throws `prompt_unavailable`. */
  get(name: string): Prompt {
    const prompt = this.#prompts.get(name);
    if (prompt) return prompt;
    throw new AntiphonError("prompt_unavailable", "The library has no such prompt", {
      data: { prompt: name },
    });
  }

  has(name: string): boolean {
    return this.#prompts.has(name);
  }

  /** Adds or replaces a prompt of linear samples, 8 kHz mono. */
  add(name: string, samples: Int16Array): Prompt {
    const prompt = new Prompt(name, samples);
    this.#prompts.set(name, prompt);
    return prompt;
  }

  /** Adds or replaces a prompt from a WAV file. Throws `audio_unreadable` or `audio_too_long`. */
  addWav(name: string, file: Uint8Array): Prompt {
    return this.add(name, telephoneSamples(readWav(file)));
  }
}
