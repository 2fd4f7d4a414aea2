import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ConversionAnswer } from "./conversion_worker.ts";

/** Files that are converted at the same time. */
const AT_ONCE = 2;
/** How long one may take, in milliseconds. */
const DEADLINE = 30_000;

/**
 * Converts uploaded files away from the thread that decides, each in a worker of its own: a file
 * that is hostile or slow hurts nobody else.
 */
export class Converter {
  readonly #timer: (ms: number, run: () => void) => () => void;
  #busy = 0;

  constructor(timer: (ms: number, run: () => void) => () => void) {
    this.#timer = timer;
  }

  /**
   * µ-law code words, 8 kHz, of a WAV or MP3 file.
   * @throws AntiphonError `audio_unreadable`, `audio_too_long`, `too_many_requests` while others are
   * converted, `deadline_exceeded`
   */
  async convert(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#busy >= AT_ONCE) {
      throw new AntiphonError("too_many_requests", "Others upload now: try again in some seconds");
    }
    this.#busy++;
    const worker = new Worker(new URL("./conversion_worker.ts", import.meta.url), {
      type: "module",
    });
    const answer = Promise.withResolvers<ConversionAnswer>();
    const cancel = this.#timer(DEADLINE, () => {
      answer.reject(new AntiphonError("deadline_exceeded", "The file took too long to be read"));
    });
    worker.onmessage = ({ data }) => answer.resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      answer.resolve({ code: "audio_unreadable", message: "The file cannot be read" });
    };
    try {
      worker.postMessage(file);
      const converted = await answer.promise;
      if ("codes" in converted) return converted.codes;
      throw new AntiphonError(converted.code, converted.message);
    } finally {
      cancel();
      worker.terminate();
      this.#busy--;
    }
  }
}
