import { pluck } from "./pluck.ts";

const RATE = 8000;

/** A piece for a plucked instrument, by rule. Notes are semitones above middle C; -99 rests. */
interface Piece {
  /** Seconds a beat. */
  beat: number;
  /** Beats of one chord's figure. */
  bar: number;
  /** The order in which a chord's notes are struck in a bar. */
  figure: readonly number[];
  /** Each part: its chords, and a melody of one note every `bar / 2` beats. */
  parts: readonly { chords: readonly number[][]; melody: readonly number[] }[];
  /** Semitones that the whole is higher. */
  tuning: number;
  /** How much is added of the second and third harmonic. */
  colour: readonly [number, number];
}

const REST = -99;
const [C, AM, F, G, DM, EM] = [
  [0, 4, 7, 12],
  [-3, 0, 4, 9],
  [-7, -3, 0, 5],
  [-5, -1, 2, 7],
  [-10, -3, 2, 5],
  [-8, -1, 4, 7],
];
const CALM: Piece = {
  beat: 0.3125,
  bar: 8,
  figure: [0, 1, 2, 3, 2, 1, 2, 1],
  parts: [
    {
      chords: [C, C, AM, AM, F, F, G, G],
      melody: [16, REST, 14, 12, 12, REST, 9, 11, 12, REST, 9, 7, 11, REST, 14, 11],
    },
    {
      chords: [C, EM, AM, F, DM, AM, G, G],
      melody: [12, 14, 16, REST, 19, 16, 14, REST, 17, 16, 14, 12, 14, REST, 11, REST],
    },
    {
      chords: [AM, EM, F, C, DM, F, G, G],
      melody: [9, REST, 11, 12, 9, REST, 7, REST, 5, 9, 12, REST, 14, 11, 7, REST],
    },
    {
      chords: [F, G, C, AM, DM, G, C, C],
      melody: [9, 12, 11, 14, 16, REST, 12, 9, 14, REST, 11, 7, 12, REST, REST, REST],
    },
  ],
  tuning: 0,
  colour: [0.25, 0.08],
};

/** Semitones of a chord in a lower key, in three voices and a top. */
const low = (...notes: number[]) => notes.map((note) => note - 2);
const [D, BM, GJ, A7, EMIN] = [
  low(4, 8, 11, 16),
  low(1, 4, 8, 13),
  low(-3, 1, 4, 9),
  low(-1, 3, 8, 11),
  low(-6, 1, 6, 9),
];
const WALTZ: Piece = {
  beat: 0.46,
  bar: 6,
  figure: [0, 2, 3, 1, 2, 3],
  parts: [
    {
      chords: [D, BM, GJ, A7, D, EMIN, A7, D],
      melody: [14, 13, REST, 9, 11, 7, 9, REST, 14, 16, 11, REST, 13, 9, 14, REST],
    },
    {
      chords: [BM, GJ, D, A7, BM, EMIN, A7, A7],
      melody: [11, 14, 7, REST, 18, 16, 13, REST, 11, REST, 14, 16, 13, 9, REST, REST],
    },
    {
      chords: [GJ, D, EMIN, BM, GJ, A7, D, D],
      melody: [7, 11, 14, REST, 16, 14, 11, REST, 18, 16, 13, 9, 14, REST, REST, REST],
    },
  ],
  // Off the concert pitch, so that no one note is mistaken for a test tone.
  tuning: -0.4,
  colour: [0.45, 0.02],
};

/** Our own hold music: a soft arpeggio under a slow melody, 80 s that loop without a seam. */
export const holdMusic = (): Int16Array => perform(CALM);

/** Another piece: a slow waltz in D, 66 s that loop without a seam. */
export const holdWaltz = (): Int16Array => perform(WALTZ);

/** Plays a piece, the same every time. Linear samples, 8 kHz. O(notes × their length). */
function perform({ beat, bar, figure, parts, tuning, colour }: Piece): Int16Array {
  const beats = parts.reduce((sum, { chords }) => sum + chords.length * bar, 0);
  const out = new Float64Array(Math.round(beats * beat * RATE));
  let now = 0;
  for (const { chords, melody } of parts) {
    chords.forEach((chord, i) => {
      for (let step = 0; step < bar; step++) {
        pluck(out, (now + step) * beat, tuning + chord[figure[step]], 0.9, 2600, colour);
      }
      pluck(out, now * beat, tuning + chord[0] - 12, 2.4, 3200, colour);
      for (const half of [0, 1]) {
        const note = melody[2 * i + half];
        if (note !== REST) {
          pluck(out, (now + half * bar / 2) * beat, tuning + note, 1.6, 2200, colour);
        }
      }
      now += bar;
    });
  }
  // `Int16Array.from` with a function makes a list of all values first: some 40 MiB here.
  const samples = new Int16Array(out.length);
  for (let i = 0; i < out.length; i++) samples[i] = Math.round(out[i]);
  return samples;
}
