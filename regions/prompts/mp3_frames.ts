/** Bit rates of layer III in kbit/s, by index (ISO 11172-3 2.4.2.3, ISO 13818-3 2.4.2.3). */
const BITRATES = {
  one: [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  two: [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const RATES = [44_100, 48_000, 32_000];

/** The frames of an MP3 file. */
export interface Mp3Frames {
  /** Nothing but whole frames, back to back. */
  bytes: Uint8Array;
  count: number;
  /** Samples a second. */
  rate: number;
  /** How long they are heard. */
  seconds: number;
}

interface Frame {
  size: number;
  rate: number;
  samples: number;
}

/**
 * Takes the whole frames of layer III out of a file, and leaves out tags and what is broken: a frame
 * counts when another one like it, or the end, follows. A decoder is given nothing else.
 * Undefined when there is none. O(bytes).
 */
export function mp3Frames(file: Uint8Array): Mp3Frames | undefined {
  const bytes = new Uint8Array(file.length);
  let [length, count, samples] = [0, 0, 0];
  let first: Frame | undefined;
  for (let at = tagLength(file); at + 4 <= file.length;) {
    const frame = frameAt(file, at);
    const end = at + (frame?.size ?? 0);
    const next = frame && frameAt(file, end);
    const follows = next?.rate === frame?.rate || end === file.length;
    const fits = frame && (!first || frame.rate === first.rate) && end <= file.length;
    if (!fits || (!follows && count === 0)) {
      at++;
      continue;
    }
    first ??= frame;
    bytes.set(file.subarray(at, end), length);
    length += frame.size;
    samples += frame.samples;
    count++;
    at = end;
  }
  if (!first) return undefined;
  const { rate } = first;
  return { bytes: bytes.subarray(0, length), count, rate, seconds: samples / rate };
}

/** Bytes of the ID3v2 tag at the start: its size has seven bits a byte. */
function tagLength(file: Uint8Array): number {
  if (file[0] !== 0x49 || file[1] !== 0x44 || file[2] !== 0x33 || file.length < 10) return 0;
  const [a, b, c, d] = file.subarray(6, 10);
  return 10 + ((a & 0x7f) << 21 | (b & 0x7f) << 14 | (c & 0x7f) << 7 | (d & 0x7f));
}

/** The frame whose header stands there: 11 bits of sync, then its version, layer and rates. */
function frameAt(file: Uint8Array, at: number): Frame | undefined {
  if (file[at] !== 0xff || (file[at + 1] & 0xe6) !== 0xe2) return undefined;
  const version = (file[at + 1] >> 3) & 3;
  const bitrate = file[at + 2] >> 4;
  const rateIndex = (file[at + 2] >> 2) & 3;
  if (version === 1 || bitrate === 0 || bitrate === 15 || rateIndex === 3) return undefined;
  const one = version === 3;
  const rate = RATES[rateIndex] / (one ? 1 : version === 2 ? 2 : 4);
  const samples = one ? 1152 : 576;
  const kilobits = (one ? BITRATES.one : BITRATES.two)[bitrate - 1];
  const padding = (file[at + 2] >> 1) & 1;
  return { size: Math.floor(samples / 8 * kilobits * 1000 / rate) + padding, rate, samples };
}
