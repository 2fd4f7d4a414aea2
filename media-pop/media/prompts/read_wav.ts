import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { A_LAW } from "../g711/a_law.ts";
import { decodeSamples } from "../g711/decode_samples.ts";
import { MU_LAW } from "../g711/mu_law.ts";
import { resample } from "./resample.ts";

const PCM = 1;
const A_LAW_TAG = 6;
const MU_LAW_TAG = 7;
const EXTENSIBLE = 0xfffe;
const LONGEST_SECONDS = 600;

interface Format {
  tag: number;
  channels: number;
  rate: number;
  bits: number;
}

/**
 * Reads a WAV file into linear samples, 8 kHz mono. Takes PCM of 16 bits, A-law and µ-law at 8 to
 * 48 kHz; channels are mixed down. Throws `invalid_request` for anything else and for more than ten
 * minutes. O(samples).
 */
export function readWav(file: Uint8Array): Int16Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 12 || tagAt(file, 0) !== "RIFF" || tagAt(file, 8) !== "WAVE") {
    throw refuse("The file is not a RIFF WAVE file");
  }
  let format: Format | undefined;
  for (let at = 12; at + 8 <= file.length;) {
    const tag = tagAt(file, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (tag === "fmt ") format = readFormat(view, start, size);
    if (tag === "data") {
      if (!format) throw refuse("The file has data before its format");
      return decode(file.subarray(start, Math.min(file.length, start + size)), format);
    }
    at = start + size + (size & 1);
  }
  throw refuse("The file has no audio");
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16 || at + size > view.byteLength) throw refuse("The file's format is cut short");
  const tag = view.getUint16(at, true);
  return {
    tag: tag === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : tag,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
}

function decode(data: Uint8Array, { tag, channels, rate, bits }: Format): Int16Array {
  const wanted = tag === PCM ? 16 : tag === A_LAW_TAG || tag === MU_LAW_TAG ? 8 : 0;
  if (bits !== wanted || channels < 1 || channels > 2 || rate < 8000 || rate > 48_000) {
    throw refuse("Give 16-bit PCM, A-law or µ-law, one or two channels, 8 to 48 kHz");
  }
  const bytes = wanted / 8;
  if (data.length / bytes / channels / rate > LONGEST_SECONDS) {
    throw refuse("The file is longer than ten minutes");
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const all = tag === PCM
    ? Int16Array.from({ length: data.length >> 1 }, (_, i) => view.getInt16(i * 2, true))
    : decodeSamples(data, tag === A_LAW_TAG ? A_LAW : MU_LAW);
  return resample(mixDown(all, channels), rate);
}

function mixDown(samples: Int16Array, channels: number): Int16Array {
  if (channels === 1) return samples;
  return Int16Array.from(
    { length: samples.length >> 1 },
    (_, i) => (samples[i * 2] + samples[i * 2 + 1]) >> 1,
  );
}

function tagAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}

function refuse(message: string): AntiphonError {
  return new AntiphonError("invalid_request", message);
}
