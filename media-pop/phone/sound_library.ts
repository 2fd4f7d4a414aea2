/** Samples of a block are compared at this many hertz: enough to tell melodies and words apart. */
const RATE = 1000;
const DECIMATION = 8000 / RATE;
/** Normalised correlation from which a block counts as part of a recording. */
const SAME = 0.6;
/** Share of the power that must lie below 500 Hz for a comparison to mean anything. */
const LOW_SHARE = 0.05;
/** Length of what is compared, in low-rate samples. */
const WINDOW = RATE / 2;

/**
 * Recognises stretches of known recordings in what a phone hears, by normalised cross-correlation
 * of both, low-passed to 500 Hz. Knowing the PoP's own prompts, the phone can say honestly whether
 * it hears hold music, a prompt, or somebody else.
 */
export class SoundLibrary {
  readonly #recordings: { name: string; samples: Float64Array; loops: boolean }[];

  /** @param recordings linear samples at 8 kHz; `loops` if its end is followed by its start */
  constructor(recordings: Iterable<{ name: string; samples: Int16Array; loops: boolean }>) {
    this.#recordings = [...recordings].map(({ name, samples, loops }) => {
      const low = decimate(samples);
      if (!loops) return { name, samples: low, loops };
      const wrapped = new Float64Array(low.length + WINDOW);
      for (let i = 0; i < wrapped.length; i++) wrapped[i] = low[i % low.length];
      return { name, samples: wrapped, loops };
    });
  }

  /**
   * The recording that a stretch of at least half a second at 8 kHz is part of, null if none. Its
   * start, middle and end are tried, since a recording may begin or end within it.
   */
  recognise(samples: Int16Array): string | null {
    const low = decimate(samples);
    const spare = low.length - WINDOW;
    if (spare < 0) return null;
    for (const at of new Set([0, spare >> 1, spare])) {
      const found = this.#closest(low.subarray(at, at + WINDOW), samples.subarray(at * DECIMATION));
      if (found !== null) return found;
    }
    return null;
  }

  #closest(block: Float64Array, samples: Int16Array): string | null {
    const energy = energyOf(block, 0);
    // Speech and music have most of their power down there; what has not is no recording of ours.
    if (energy / WINDOW < LOW_SHARE * meanPower(samples)) return null;
    let found: string | null = null, most = SAME;
    for (const { name, samples: known } of this.#recordings) {
      const likeness = closest(block, energy, known);
      if (likeness > most) [found, most] = [name, likeness];
    }
    return found;
  }
}

function closest(block: Float64Array, energy: number, known: Float64Array): number {
  let most = 0;
  let other = energyOf(known, 0);
  for (let at = 0; at + WINDOW <= known.length; at++) {
    if (at > 0) other += known[at + WINDOW - 1] ** 2 - known[at - 1] ** 2;
    if (other < energy / 100) continue;
    let product = 0;
    for (let i = 0; i < WINDOW; i++) product += block[i] * known[at + i];
    most = Math.max(most, product / Math.sqrt(energy * other));
  }
  return most;
}

function energyOf(samples: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < Math.min(samples.length, from + WINDOW); i++) sum += samples[i] ** 2;
  return sum;
}

function meanPower(samples: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < WINDOW * DECIMATION; i++) sum += samples[i] ** 2;
  return Math.max(1, sum / WINDOW / DECIMATION);
}

/** Low-passes by averaging twice and keeps one sample of eight. */
function decimate(samples: Int16Array): Float64Array {
  const out = new Float64Array(Math.floor(samples.length / DECIMATION));
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = -DECIMATION; j < DECIMATION; j++) {
      const weight = DECIMATION - Math.abs(j + 0.5);
      sum += weight * (samples[i * DECIMATION + j] ?? 0);
    }
    out[i] = sum / DECIMATION ** 2;
  }
  return out;
}
