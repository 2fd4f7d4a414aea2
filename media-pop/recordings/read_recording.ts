import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { CHUNK_OVERHEAD, ChunkCipher } from "./chunk_cipher.ts";
import type { RecordingEntry } from "./recording_entry.ts";
import { WAV_HEADER_BYTES, wavHeader } from "./wav_header.ts";

const RATE = 8000;

/** A recording as a WAV file. */
export interface RecordingRead {
  entry: RecordingEntry;
  /** Bytes of the WAV file. */
  length: number;
  /** Bytes `from` to before `to` of it; nothing is read before somebody pulls. */
  stream: (from: number, to: number) => ReadableStream<Uint8Array<ArrayBuffer>>;
}

/**
 * Reads a recording as a WAV file. Its header is made here, so that it is right whatever happened
 * to whoever wrote the audio. A second at a time is in memory.
 */
export async function readRecording(
  path: string,
  entry: RecordingEntry,
  key: Uint8Array,
): Promise<RecordingRead> {
  const cipher = new ChunkCipher(key);
  const second = RATE * entry.channels;
  const sealed = second + CHUNK_OVERHEAD;
  const size = await sizeOf(path);
  // The last second of a recording that goes on may be half written.
  const last = entry.seconds === null ? 0 : Math.max(0, size % sealed - CHUNK_OVERHEAD);
  const data = Math.floor(size / sealed) * second + last;
  const header = wavHeader(entry.channels, data);
  const length = WAV_HEADER_BYTES + data;

  async function* bytes(from: number, to: number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    if (from < WAV_HEADER_BYTES) yield header.slice(from, Math.min(to, WAV_HEADER_BYTES));
    let at = Math.max(0, from - WAV_HEADER_BYTES);
    const end = to - WAV_HEADER_BYTES;
    if (at >= end) return;
    using file = await Deno.open(path);
    const buffer = new Uint8Array(sealed);
    while (at < end) {
      const number = Math.floor(at / second);
      await file.seek(number * sealed, Deno.SeekMode.Start);
      const plain = cipher.open(number, buffer.subarray(0, await fill(file, buffer)));
      if (!plain) throw new AntiphonError("internal", "A recording's audio was changed");
      const start = at - number * second;
      const part = plain.subarray(start, Math.min(plain.length, end - number * second));
      if (part.length === 0) throw new AntiphonError("internal", "A recording's audio was cut");
      at += part.length;
      yield part;
    }
  }
  return { entry, length, stream: (from, to) => ReadableStream.from(bytes(from, to)) };
}

/** Reads until the buffer is full or the file ends. */
async function fill(file: Deno.FsFile, buffer: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const read = await file.read(buffer.subarray(filled));
    if (read === null) break;
    filled += read;
  }
  return filled;
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
