/** Power of one frequency in samples, by Goertzel's algorithm, relative to a full-scale sine (1). */
export function tonePower(samples: Float32Array, rate: number, hz: number): number {
  const omega = 2 * Math.PI * hz / rate;
  const coefficient = 2 * Math.cos(omega);
  let s1 = 0;
  let s2 = 0;
  for (const sample of samples) {
    const s0 = sample + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  return power / (samples.length / 2) ** 2;
}

/** What a listener finds in a stretch of audio. */
export interface ToneReading {
  /** The strongest frequency, in hertz, to the nearest 5. */
  hz: number;
  /** Power at that frequency against all other power, in decibels. */
  snrDb: number;
  /** Mean level, full scale 1. */
  rms: number;
}

/** Finds the strongest tone between 200 and 2000 Hz. Windows are 200 ms, so bins lie 5 Hz apart. */
export function readTone(samples: Float32Array, rate: number): ToneReading {
  const size = Math.floor(rate / 5);
  const powers = new Map<number, number>();
  let total = 0;
  let windows = 0;
  for (let start = 0; start + size <= samples.length; start += size) {
    const window = samples.subarray(start, start + size);
    windows += 1;
    total += window.reduce((sum, s) => sum + s * s, 0) / size;
    for (let hz = 200; hz <= 2000; hz += 5) {
      powers.set(hz, (powers.get(hz) ?? 0) + tonePower(window, rate, hz) / 2);
    }
  }
  const [hz, power] = [...powers].reduce((best, next) => next[1] > best[1] ? next : best, [0, 0]);
  const rest = Math.max(total - power, 1e-12);
  return {
    hz,
    snrDb: 10 * Math.log10(Math.max(power, 1e-12) / rest),
    rms: Math.sqrt(total / Math.max(windows, 1)),
  };
}
