/** What a listener finds in audio: the strongest frequency, and its power against all other. */
export interface ToneLevels {
  hz: number;
  snrDb: number;
}

/** Measures what the desktop plays, for tests of whole calls. Made only when asked for. */
export class ToneProbe {
  readonly #context = new AudioContext();
  #analyser: AnalyserNode | undefined;

  /** Listens to a track from now on. */
  listen(track: MediaStreamTrack): void {
    const source = this.#context.createMediaStreamSource(new MediaStream([track]));
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 16_384;
    analyser.smoothingTimeConstant = 0;
    source.connect(analyser);
    this.#analyser = analyser;
  }

  /** The strongest tone between 150 and 3400 Hz in the last third of a second. */
  remoteAudioLevels(): ToneLevels {
    const analyser = this.#analyser;
    if (!analyser) return { hz: 0, snrDb: -100 };
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const width = this.#context.sampleRate / analyser.fftSize;
    const powers = levels.slice(0, Math.ceil(3400 / width)).map((dB) => 10 ** (dB / 10));
    const from = Math.floor(150 / width);
    let peak = from;
    for (let i = from; i < powers.length; i++) if (powers[i] > powers[peak]) peak = i;
    let signal = 0;
    let rest = 0;
    // The analyser's window spreads a pure tone over a few bins.
    for (let i = from; i < powers.length; i++) {
      if (Math.abs(i - peak) <= 6) signal += powers[i];
      else rest += powers[i];
    }
    return { hz: peak * width, snrDb: 10 * Math.log10((signal + 1e-12) / (rest + 1e-12)) };
  }
}
