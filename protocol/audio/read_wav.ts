import { AntiphonError } from "../errors/antiphon_error.ts";
import { A_LAW_TABLES } from "./a_law_tables.ts";
import { MU_LAW_TABLES } from "./mu_law_tables.ts";
import { HIGHEST_RATE, LONGEST_SECONDS, LOWEST_RATE, type Sound } from "./sound.ts";

const [PCM, FLOAT, A_LAW, MU_LAW, EXTENSIBLE] = [1, 3, 6, 7, 0xfffe];
const MOST_CHANNELS = 2;

/** How one sample is read at a byte, as a fraction of full scale; by format tag and bits. */
const SAMPLES: Readonly<Record<string, (view: DataView, at: number) => number>> = {
  [`${PCM}/8`]: (view, at) => (view.getUint8(at) - 128) / 128,
  [`${PCM}/16`]: (view, at) => view.getInt16(at, true) / 32768,
  [`${PCM}/24`]: (view, at) => (view.getInt8(at + 2) * 65536 + view.getUint16(at, true)) / 8388608,
  [`${PCM}/32`]: (view, at) => view.getInt32(at, true) / 2147483648,
  [`${FLOAT}/32`]: (view, at) => finite(view.getFloat32(at, true)),
  [`${FLOAT}/64`]: (view, at) => finite(view.getFloat64(at, true)),
  [`${A_LAW}/8`]: (view, at) => A_LAW_TABLES.decode[view.getUint8(at)] / 32768,
  [`${MU_LAW}/8`]: (view, at) => MU_LAW_TABLES.decode[view.getUint8(at)] / 32768,
};

interface Format {
  tag: number;
  channels: number;
  rate: number;
  bits: number;
}

/**
 * Reads a RIFF WAVE file: PCM of 8, 16, 24 or 32 bits, float, A-law and µ-law, one or two channels,
 * which are mixed down, 4 to 192 kHz. O(samples).
 *
 * @throws AntiphonError `audio_unreadable` for anything else, `audio_too_long` beyond ten minutes
 */
export function readWav(file: Uint8Array): Sound {
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

function decode(data: Uint8Array, { tag, channels, rate, bits }: Format): Sound {
  const sample = SAMPLES[`${tag}/${bits}`];
  if (!sample || channels < 1 || channels > MOST_CHANNELS) {
    throw refuse("Give PCM of 8, 16, 24 or 32 bits, float, A-law or µ-law, one or two channels");
  }
  if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
    throw refuse(`Give ${LOWEST_RATE} to ${HIGHEST_RATE} samples a second`);
  }
  const width = bits / 8;
  const length = Math.floor(data.length / width / channels);
  if (length > LONGEST_SECONDS * rate) {
    throw new AntiphonError("audio_too_long", "Audio has at most ten minutes");
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const samples = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const at = i * width * channels;
    const first = sample(view, at);
    samples[i] = channels === 1 ? first : (first + sample(view, at + width)) / 2;
  }
  return { rate, samples };
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function tagAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4));
}

function refuse(message: string): AntiphonError {
  return new AntiphonError("audio_unreadable", message);
}
