import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * Reads a RIFF WAVE file of 16-bit PCM, any rate, as one channel of linear samples at 8 kHz (the
 * first channel, averaged or repeated to the new rate).
 * @throws AntiphonError `invalid_request` for another format
 */
export function readWav(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 44 || text(0) !== "RIFF" || text(8) !== "WAVE") throw unfit();
  let channels = 0, rate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (text(at) === "fmt " && body + 16 <= bytes.length) {
      channels = view.getUint16(body + 2, true);
      rate = view.getUint32(body + 4, true);
      if (view.getUint16(body + 14, true) !== 16 || channels === 0 || rate === 0) throw unfit();
    } else if (text(at) === "data") {
      if (channels === 0) throw unfit();
      const end = Math.min(bytes.length, body + size);
      return resample(view, body, Math.floor((end - body) / 2 / channels), channels, rate);
    }
    at = body + size + size % 2;
  }
  throw unfit();
}

function resample(
  view: DataView,
  start: number,
  frames: number,
  channels: number,
  rate: number,
): Int16Array {
  const step = rate / 8000;
  return Int16Array.from({ length: Math.floor(frames / step) }, (_, i) => {
    const from = Math.floor(i * step);
    const to = Math.max(from + 1, Math.floor((i + 1) * step));
    let sum = 0;
    for (let frame = from; frame < to; frame++) {
      sum += view.getInt16(start + frame * channels * 2, true);
    }
    return Math.round(sum / (to - from));
  });
}

function unfit(): AntiphonError {
  return new AntiphonError("invalid_request", "Give a WAV file of 16-bit PCM");
}
