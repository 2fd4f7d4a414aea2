import { tone } from "../g711/tone.ts";

/** A 1 kHz beep of 250 ms with soft edges. Linear samples, 8 kHz. */
export function beep(): Int16Array {
  const samples = tone({ frequencies: [1000], duration: 250, amplitude: 8000 });
  const edge = 80;
  return samples.map((s, i) => s * Math.min(1, i / edge, (samples.length - 1 - i) / edge));
}
