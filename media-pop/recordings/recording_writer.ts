import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { CHUNK_OVERHEAD, ChunkCipher } from "./chunk_cipher.ts";
import type { RecordingEntry } from "./recording_entry.ts";
import type { RecordingPaths } from "./recording_paths.ts";
import { writeEntry } from "./write_entry.ts";

/** Seconds of audio that may wait for the disk. */
const MOST_WAITING = 15;

/** What a {@linkcode RecordingWriter} needs of its surroundings. */
export interface RecordingWriterParts {
  paths: RecordingPaths;
  entry: RecordingEntry;
  key: Uint8Array;
  /** Told once when it cannot write any more; what is written stays. */
  failed: (error: unknown) => void;
  /** Bytes that came onto the disk. */
  wrote: (bytes: number) => void;
}

/**
 * Writes one recording's seconds, sealed, in order, off the audio path: `append` only seals and
 * queues. Entry first, so that audio never stands without its key.
 */
export class RecordingWriter {
  readonly #parts: RecordingWriterParts;
  readonly #cipher: ChunkCipher;
  readonly #waiting: Uint8Array<ArrayBuffer>[] = [];
  #entry: RecordingEntry;
  #number = 0;
  #bytes = 0;
  #entryDue = true;
  #file: Deno.FsFile | null = null;
  #broken = false;
  #work: Promise<void> | null = null;

  constructor(parts: RecordingWriterParts) {
    this.#parts = parts;
    this.#entry = parts.entry;
    this.#cipher = new ChunkCipher(parts.key);
    this.#run();
  }

  /** Whether anything more will be written. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Bytes of audio on the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Seals a chunk, which is free again then, and queues it. */
  append(chunk: Uint8Array): void {
    if (this.#broken) return;
    if (this.#waiting.length >= MOST_WAITING) {
      return this.#fail(new AntiphonError("unavailable", "The disk does not keep up"));
    }
    this.#waiting.push(this.#cipher.seal(this.#number++, chunk));
    this.#run();
  }

  /** Queues a change of the entry. */
  change(change: Partial<RecordingEntry>): void {
    this.#entry = { ...this.#entry, ...change };
    this.#entryDue = true;
    this.#run();
  }

  /** Waits until all that was queued is written. Never rejects. */
  async flush(): Promise<void> {
    while (this.#work) await this.#work;
  }

  /** Flushes and closes the file. Never rejects. */
  async close(): Promise<void> {
    await this.flush();
    try {
      await this.#file?.syncData();
    } catch (error) {
      this.#fail(error);
    }
    this.#file?.close();
    this.#file = null;
  }

  #run(): void {
    this.#work ??= this.#drain().finally(() => {
      this.#work = null;
      if (this.#entryDue || (this.#waiting.length > 0 && !this.#broken)) this.#run();
    });
  }

  async #drain(): Promise<void> {
    const { paths, wrote } = this.#parts;
    try {
      if (this.#entryDue) {
        this.#entryDue = false;
        if (!this.#file) await Deno.mkdir(paths.folder, { recursive: true });
        await writeEntry(paths, this.#entry);
      }
      const options = { write: true, create: true, truncate: true };
      if (!this.#broken) this.#file ??= await Deno.open(paths.audio, options);
      for (let chunk = this.#waiting.shift(); chunk; chunk = this.#waiting.shift()) {
        for (let at = 0; at < chunk.length;) at += await this.#file!.write(chunk.subarray(at));
        this.#bytes += chunk.length - CHUNK_OVERHEAD;
        wrote(chunk.length);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#waiting.length = 0;
    this.#parts.failed(error);
  }
}
