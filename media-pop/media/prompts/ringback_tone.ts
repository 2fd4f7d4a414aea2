import { tone } from "../g711/tone.ts";

/** Ring-back tones of ITU-T E.180, by cadence in milliseconds. */
const TONES = {
  eu: { frequencies: [425], on: 1000, off: 4000 },
  us: { frequencies: [440, 480], on: 2000, off: 4000 },
};

/** One period of ring-back, tone then pause, to be looped. Linear samples, 8 kHz. */
export function ringbackTone(kind: keyof typeof TONES): Int16Array {
  const { frequencies, on, off } = TONES[kind];
  const out = new Int16Array((on + off) * 8);
  out.set(tone({ frequencies, duration: on, amplitude: 4000 }));
  return out;
}
