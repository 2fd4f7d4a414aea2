const RATE = 8000;
const BEAT = 0.3125;

/** Four bars of four chords: C, A minor, F, G, as semitones above middle C. */
const CHORDS = [[0, 4, 7, 12], [-3, 0, 4, 9], [-7, -3, 0, 5], [-5, -1, 2, 7]];
const PATTERN = [0, 1, 2, 3, 2, 1, 2, 1];
const MELODY = [16, -1, 14, 12, 12, -1, 9, 11, 12, -1, 9, 7, 11, -1, 14, 11];

/**
 * Our own hold music: a soft arpeggio under a slow melody, 20 s that loop without a seam. Made by
 * rule, the same every time. Linear samples, 8 kHz.
 */
export function holdMusic(): Int16Array {
  const beats = CHORDS.length * PATTERN.length * 2;
  const out = new Float64Array(Math.round(beats * BEAT * RATE));
  for (let beat = 0; beat < beats; beat++) {
    const chord = CHORDS[Math.floor(beat / 16) % CHORDS.length];
    pluck(out, beat * BEAT, chord[PATTERN[beat % 8]], 0.9, 2600);
    if (beat % 8 === 0) pluck(out, beat * BEAT, chord[0] - 12, 2.4, 3200);
    const note = MELODY[Math.floor(beat / 4)];
    if (beat % 4 === 0 && note >= 0) pluck(out, beat * BEAT, note, 1.6, 2200);
  }
  return Int16Array.from(out, (sample) => Math.round(sample));
}

/** A soft plucked note; what rings on past the end rings on at the start. */
function pluck(out: Float64Array, at: number, semitone: number, long: number, loud: number): void {
  const frequency = 261.63 * 2 ** (semitone / 12);
  const start = Math.round(at * RATE);
  const length = Math.round(long * RATE);
  for (let i = 0; i < length; i++) {
    const t = i / RATE;
    const envelope = Math.min(1, t / 0.012) * Math.exp(-3 * t / long) *
      Math.min(1, (long - t) * 20);
    const turn = 2 * Math.PI * frequency * t;
    const wave = Math.sin(turn) + 0.25 * Math.sin(2 * turn) + 0.08 * Math.sin(3 * turn);
    out[(start + i) % out.length] += loud * envelope * wave;
  }
}
