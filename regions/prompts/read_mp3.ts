import { Decoder } from "minimp3-wasm";
import {
  HIGHEST_RATE,
  LONGEST_SECONDS,
  LOWEST_RATE,
  type Sound,
} from "../../protocol/audio/sound.ts";
import { type Mp3Frames, mp3Frames } from "./mp3_frames.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Seconds that are decoded at a time: what is decoded lies in the decoder's memory. */
const STRETCH = 10;

let compiled: Promise<WebAssembly.Module> | undefined;

/** Whether a file begins as MP3 files do: an ID3 tag, or a frame's sync word (ISO 11172-3 2.4.2.3). */
export function looksLikeMp3(file: Uint8Array): boolean {
  const tagged = file[0] === 0x49 && file[1] === 0x44 && file[2] === 0x33;
  return tagged || (file[0] === 0xff && (file[1] & 0xe6) === 0xe2);
}

/**
 * Reads an MP3 file in a WebAssembly instance of its own; two channels are mixed down.
 * @throws AntiphonError `audio_unreadable` for anything else, `audio_too_long` beyond ten minutes
 */
export async function readMp3(file: Uint8Array): Promise<Sound> {
  const frames = mp3Frames(file);
  if (!frames || frames.rate < LOWEST_RATE || frames.rate > HIGHEST_RATE) throw unreadable();
  if (frames.seconds > LONGEST_SECONDS) {
    throw new AntiphonError("audio_too_long", "Audio has at most ten minutes");
  }
  compiled ??= compile();
  const { exports } = await WebAssembly.instantiate(await compiled, {});
  try {
    return decode(new Decoder(exports as Record<string, unknown>, frames.bytes), frames);
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError("audio_unreadable", "The file is not MP3 that can be read", { cause });
  }
}

async function compile(): Promise<WebAssembly.Module> {
  const url = import.meta.resolve("minimp3-wasm/dist/decoder.opt.wasm");
  return await WebAssembly.compile(await Deno.readFile(new URL(url)));
}

function decode(decoder: Decoder, { rate, seconds }: Mp3Frames): Sound {
  const parts: Float32Array[] = [];
  let length = 0;
  for (let i = 0; i < seconds / STRETCH; i++) {
    const { pcm, samplingRate, numChannels, numSamples } = decoder.decode(STRETCH);
    if (numSamples === 0) break;
    if (samplingRate !== rate) throw unreadable();
    const part = mixDown(pcm.subarray(0, numSamples), numChannels);
    parts.push(part);
    length += part.length;
  }
  const samples = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { rate, samples };
}

function mixDown(pcm: Int16Array, channels: number): Float32Array {
  if (channels === 1) return Float32Array.from(pcm, (sample) => sample / 32768);
  if (channels !== 2) throw unreadable();
  return Float32Array.from(
    { length: pcm.length >> 1 },
    (_, i) => (pcm[2 * i] + pcm[2 * i + 1]) / 65536,
  );
}

function unreadable(): AntiphonError {
  return new AntiphonError("audio_unreadable", "The file is not MP3 that can be read");
}
