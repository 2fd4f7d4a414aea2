const HALF_TAPS = 24;
const TO = 8000;

/**
 * Brings linear samples down to 8 kHz with a windowed-sinc low pass below 3.7 kHz, so that nothing
 * folds back into the audible band. O(samples out × taps); for files, not for packets.
 */
export function resample(samples: Int16Array, rate: number): Int16Array {
  if (rate === TO) return samples;
  const step = rate / TO;
  const cutoff = 3700 / rate;
  const reach = Math.ceil(HALF_TAPS * step);
  return Int16Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    const centre = i * step;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let [sum, weight] = [0, 0];
    for (let at = first; at <= last; at++) {
      const x = at - centre;
      const tap = sinc(2 * cutoff * x) * (0.54 + 0.46 * Math.cos(Math.PI * x / reach));
      sum += samples[at] * tap;
      weight += tap;
    }
    return Math.max(-32768, Math.min(32767, Math.round(sum / weight)));
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
