import { resample } from "./resample.ts";
import type { Sound } from "./sound.ts";

/** A sound as 16-bit linear samples, 8 kHz; what is louder than full scale is clipped. */
export function telephoneSamples({ rate, samples }: Sound): Int16Array {
  const telephone = resample(samples, rate);
  // A loop: `Int16Array.from` with a function makes a list of all values first.
  const linear = new Int16Array(telephone.length);
  for (let i = 0; i < linear.length; i++) {
    linear[i] = Math.max(-32768, Math.min(32767, Math.round(telephone[i] * 32768)));
  }
  return linear;
}
