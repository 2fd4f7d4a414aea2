import { TELEPHONE_RATE } from "./sound.ts";

/** Zero crossings of the low pass on each side. */
const HALF_TAPS = 32;
/** Where the low pass has lost half, in hertz: nothing above 4 kHz may fold back. */
const CUTOFF = 3_700;
/** Positions between two samples that have taps of their own, at most. */
const MOST_PHASES = 2_000;

/**
 * Brings samples to 8 kHz with a windowed-sinc low pass (Blackman window): below 3.4 kHz as it was,
 * above 4 kHz gone by more than 60 dB. Loudness is kept. O(samples out × taps); for files, not for
 * packets.
 *
 * @param rate Samples a second of what comes in: 4 to 192 kHz.
 */
export function resample(samples: Float32Array, rate: number): Float32Array {
  if (rate === TELEPHONE_RATE) return samples;
  const step = rate / TELEPHONE_RATE;
  const cutoff = Math.min(CUTOFF, 0.46 * rate) / rate;
  const reach = Math.ceil(HALF_TAPS * Math.max(1, step));
  const phases = Math.min(MOST_PHASES, TELEPHONE_RATE / divisor(rate, TELEPHONE_RATE));
  const kernels = Array.from({ length: phases }, (_, i) => kernel(i / phases, reach, cutoff));
  const out = new Float32Array(Math.floor(samples.length / step));
  for (let i = 0; i < out.length; i++) {
    const centre = i * step;
    let whole = Math.floor(centre);
    let phase = Math.round((centre - whole) * phases);
    if (phase === phases) [whole, phase] = [whole + 1, 0];
    const taps = kernels[phase];
    const first = whole - reach + 1;
    const from = Math.max(0, -first);
    const to = Math.min(taps.length, samples.length - first);
    let sum = 0;
    for (let at = from; at < to; at++) sum += samples[first + at] * taps[at];
    out[i] = sum;
  }
  return out;
}

/** Taps around a position that lies `fraction` behind a sample; they add up to one. */
function kernel(fraction: number, reach: number, cutoff: number): Float32Array {
  const taps = new Float32Array(2 * reach);
  let weight = 0;
  for (let i = 0; i < taps.length; i++) {
    const x = i - reach + 1 - fraction;
    const turn = Math.PI * x / reach;
    const window = Math.abs(x) > reach
      ? 0
      : 0.42 + 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    taps[i] = window * sinc(2 * cutoff * x);
    weight += taps[i];
  }
  return taps.map((tap) => tap / weight);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
