/** The strongest tone of a spectrum. */
export interface SpectrumPeak {
  dominantHz: number;
  /** Power of the peak against all else in the band, in dB. */
  snrDb: number;
  /** Level of the peak's bin, in dB. */
  peakDb: number;
}

/** Bins on either side of the peak that a Blackman window smears a tone over. */
const LOBE = 4;

/**
 * Finds the strongest tone in a spectrum of levels in dB (one per bin of `binHz`), within the
 * telephone band, and how far it stands out. Null when there is nothing but silence.
 */
export function peakOfSpectrum(
  levels: ArrayLike<number>,
  binHz: number,
  band: { from: number; to: number } = { from: 150, to: 3600 },
): SpectrumPeak | null {
  const first = Math.max(1, Math.ceil(band.from / binHz));
  const last = Math.min(levels.length - 2, Math.floor(band.to / binHz));
  let peak = first;
  for (let i = first; i <= last; i++) if (level(levels, i) > level(levels, peak)) peak = i;
  const peakDb = level(levels, peak);
  if (!(peakDb > -120)) return null;
  let signal = 0;
  let noise = 1e-14;
  for (let i = first; i <= last; i++) {
    const power = 10 ** (level(levels, i) / 10);
    if (Math.abs(i - peak) <= LOBE) signal += power;
    else noise += power;
  }
  const [a, b, c] = [level(levels, peak - 1), peakDb, level(levels, peak + 1)];
  const bend = a - 2 * b + c;
  const shift = bend === 0 || !Number.isFinite(bend) ? 0 : (a - c) / (2 * bend);
  return {
    dominantHz: (peak + Math.max(-0.5, Math.min(0.5, shift))) * binHz,
    snrDb: 10 * Math.log10(signal / noise),
    peakDb,
  };
}

function level(levels: ArrayLike<number>, i: number): number {
  return levels[i] ?? -Infinity;
}
