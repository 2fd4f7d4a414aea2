import { resample } from "./resample.ts";
import type { Sound } from "./sound.ts";

/** A sound as 16-bit linear samples, 8 kHz; what is louder than full scale is clipped. */
export function telephoneSamples({ rate, samples }: Sound): Int16Array {
  return Int16Array.from(
    resample(samples, rate),
    (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32768))),
  );
}
