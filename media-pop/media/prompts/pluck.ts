const RATE = 8000;
const MIDDLE_C = 261.63;

/**
 * Adds a soft plucked note; what rings on past the end rings on at the start, so that the whole
 * loops. O(length of the note).
 *
 * @param at Seconds from the start.
 * @param semitone Above middle C.
 * @param long Seconds it rings.
 * @param loud Peak, on the samples' own scale.
 * @param colour Level of the second and third harmonic.
 */
export function pluck(
  out: Float64Array,
  at: number,
  semitone: number,
  long: number,
  loud: number,
  [second, third]: readonly [number, number],
): void {
  const turn = 2 * Math.PI * MIDDLE_C * 2 ** (semitone / 12) / RATE;
  const start = Math.round(at * RATE);
  const length = Math.round(long * RATE);
  const decay = Math.exp(-3 / length);
  const [stepCos, stepSin] = [Math.cos(turn), Math.sin(turn)];
  let [cos, sin, level] = [1, 0, loud];
  for (let i = 0; i < length; i++) {
    const edge = Math.min(1, i / 96, (length - i) / 400);
    const wave = sin + second * 2 * sin * cos + third * sin * (3 - 4 * sin * sin);
    out[(start + i) % out.length] += edge * level * wave;
    level *= decay;
    [cos, sin] = [cos * stepCos - sin * stepSin, sin * stepCos + cos * stepSin];
  }
}
