import { goertzel } from "../media/g711/goertzel.ts";

/** What one stretch of audio sounds like. */
export interface AudioMeasure {
  kind: "silence" | "tone" | "sound";
  /** Root mean square level in dB below full scale, at least -96. */
  level: number;
  /** The strongest frequency, where one stands out of the rest. */
  tone: { frequency: number; snr: number } | null;
}

/** Quieter than this is silence, in dB below full scale. */
const SILENCE = -50;
/** A tone stands out by at least this many dB over everything else. */
const STANDS_OUT = 10;
const FULL_SCALE = 32768;

/** Measures linear samples at 8 kHz: level, and the one tone that outweighs the rest, if any. */
export function measureAudio(samples: Int16Array): AudioMeasure {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const power = samples.length > 0 ? sum / samples.length : 0;
  const level = Math.max(-96, 10 * Math.log10(power / FULL_SCALE ** 2 + 1e-12));
  if (level < SILENCE) return { kind: "silence", level, tone: null };
  const frequency = strongest(samples);
  const amplitude = goertzel(samples, frequency);
  const rest = power - amplitude ** 2 / 2;
  const snr = Math.min(60, 10 * Math.log10(amplitude ** 2 / 2 / Math.max(rest, power * 1e-6)));
  if (snr < STANDS_OUT) return { kind: "sound", level, tone: null };
  return { kind: "tone", level, tone: { frequency, snr } };
}

/** The strongest frequency of 100 to 3600 Hz, to 1 Hz. */
function strongest(samples: Int16Array): number {
  // A stretch this short sees 20 Hz steps; the whole then finds the very hertz around the best.
  const short = samples.subarray(0, 400);
  const coarse = best(short, 100, 3600, 10);
  return best(samples, Math.max(60, coarse - 12), coarse + 12, 1);
}

function best(samples: Int16Array, from: number, to: number, step: number): number {
  let found = from, most = -1;
  for (let frequency = from; frequency <= to; frequency += step) {
    const amplitude = goertzel(samples, frequency);
    if (amplitude > most) [found, most] = [frequency, amplitude];
  }
  return found;
}
