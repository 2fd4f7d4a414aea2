import { writeWav } from "../../protocol/audio/write_wav.ts";
/** Mono audio: samples from -1 to 1, and how many a second. */
export interface Audio {
  rate: number;
  samples: Float32Array;
}

/** Reads a RIFF WAVE file of 16-bit PCM; of several channels the first. Tolerates an open end. */
export async function readWav(path: string): Promise<Audio> {
  const bytes = await Deno.readFile(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let rate = 8000;
  let channels = 1;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = new TextDecoder().decode(bytes.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (id === "fmt ") {
      channels = view.getUint16(at + 10, true);
      rate = view.getUint32(at + 12, true);
    }
    if (id === "data") {
      // A file that is still being written says 0 or too much.
      const end = size === 0 ? bytes.length : Math.min(at + 8 + size, bytes.length);
      const count = Math.floor((end - at - 8) / (2 * channels));
      const samples = new Float32Array(count);
      for (let i = 0; i < count; i++) {
        samples[i] = view.getInt16(at + 8 + i * 2 * channels, true) / 32768;
      }
      return { rate, samples };
    }
    at += 8 + size + (size & 1);
  }
  return { rate, samples: new Float32Array(0) };
}

/** Writes a sine tone as 16-bit PCM. Amplitude is half of full scale. */
export async function writeToneWav(
  path: string,
  hz: number,
  seconds: number,
  rate: number,
): Promise<void> {
  const samples = Int16Array.from(
    { length: seconds * rate },
    (_, i) => Math.round(Math.sin(2 * Math.PI * hz * i / rate) * 0.5 * 32767),
  );
  await Deno.writeFile(path, writeWav(samples, rate));
}
