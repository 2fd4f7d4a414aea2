import { pluck } from "./pluck.ts";

/** Short sounds that say how something went: rising for yes, falling for no. */
const EARCONS = {
  confirm: { notes: [12, 19], every: 0.11 },
  error: { notes: [7, 1, 1], every: 0.16 },
};

/** A short sound of its own kind. Linear samples, 8 kHz. */
export function earcon(kind: keyof typeof EARCONS): Int16Array {
  const { notes, every } = EARCONS[kind];
  const ring = 0.35;
  const out = new Float64Array(Math.round(((notes.length - 1) * every + ring) * 8000) + 1);
  notes.forEach((note, i) => pluck(out, i * every, note, ring, 7000, [0.3, 0.1]));
  return Int16Array.from(out, (sample) => Math.round(sample));
}
