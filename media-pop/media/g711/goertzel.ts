/**
 * Amplitude of one frequency in linear samples, on the samples' own scale (0..32767), by the
 * Goertzel recurrence. O(n), no allocation. `rate` is in hertz.
 */
export function goertzel(samples: ArrayLike<number>, frequency: number, rate = 8000): number {
  if (samples.length === 0) return 0;
  const k = 2 * Math.cos(2 * Math.PI * frequency / rate);
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const s0 = samples[i] + k * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  return Math.sqrt(Math.max(0, s1 * s1 + s2 * s2 - k * s1 * s2)) * 2 / samples.length;
}
