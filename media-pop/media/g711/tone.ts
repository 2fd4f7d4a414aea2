/** A tone to synthesise: its frequencies in hertz at equal level, peak amplitude 0..32767. */
export interface ToneOptions {
  frequencies: number[];
  /** Milliseconds. */
  duration: number;
  amplitude?: number;
  rate?: number;
  /** Sample index of the first sample, to continue a tone without a click. */
  from?: number;
}

/** Linear samples of a tone; the sum of its frequencies never exceeds `amplitude`. */
export function tone(options: ToneOptions): Int16Array {
  const { frequencies, duration, amplitude = 8000, rate = 8000, from = 0 } = options;
  const each = amplitude / Math.max(1, frequencies.length);
  return Int16Array.from({ length: Math.round(duration * rate / 1000) }, (_, i) => {
    let sum = 0;
    for (const f of frequencies) sum += each * Math.sin(2 * Math.PI * f * (from + i) / rate);
    return Math.round(sum);
  });
}
