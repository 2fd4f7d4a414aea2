import { tone } from "../g711/tone.ts";

/** Busy tones of ITU-T E.180, by cadence in milliseconds. */
const TONES = {
  eu: { frequencies: [425], on: 500, off: 500 },
  us: { frequencies: [480, 620], on: 500, off: 500 },
};

/** One period of the busy tone, to be looped. Linear samples, 8 kHz. */
export function busyTone(kind: keyof typeof TONES): Int16Array {
  const { frequencies, on, off } = TONES[kind];
  const out = new Int16Array((on + off) * 8);
  out.set(tone({ frequencies, duration: on, amplitude: 4000 }));
  return out;
}
