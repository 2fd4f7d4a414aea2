import type { Marks } from "./marks.ts";
import { peakOfSpectrum, type SpectrumPeak } from "./peak_of_spectrum.ts";

/** What is heard of the far end just now. */
export interface RemoteAudioLevels extends SpectrumPeak {
  /** Root mean square of the samples, in dB of full scale. */
  rmsDb: number;
}

const FFT_SIZE = 8192;
/** Samples below this count as silence (about -46 dB of full scale). */
const AUDIBLE = 0.005;
const LOOK_MS = 10;

/** Listens to the far end beside the loudspeaker, for tests of the whole path. */
export class AudioProbe {
  #context: AudioContext;
  #marks: Marks;
  #now: () => number;
  #analyser: AnalyserNode | null = null;
  #source: MediaStreamAudioSourceNode | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(context: AudioContext, marks: Marks, now: () => number) {
    this.#context = context;
    this.#marks = marks;
    this.#now = now;
  }

  /** Listens to `stream` from now on, or to nothing. */
  attach(stream: MediaStream | null): void {
    this.#source?.disconnect();
    this.#source = this.#analyser = null;
    if (!stream) return;
    void this.#context.resume();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = FFT_SIZE;
    this.#analyser.smoothingTimeConstant = 0;
    this.#source = this.#context.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
  }

  /** Stamps `first-audio` once something above silence is heard. */
  awaitAudio(id: string): void {
    clearInterval(this.#timer);
    const from = this.#now();
    const samples = new Float32Array(2048);
    this.#timer = setInterval(() => {
      const analyser = this.#analyser;
      if (!analyser) return;
      analyser.getFloatTimeDomainData(samples);
      const first = samples.findIndex((sample) => Math.abs(sample) > AUDIBLE);
      if (first < 0) return;
      clearInterval(this.#timer);
      const ago = (samples.length - first) / this.#context.sampleRate * 1000;
      this.#marks.mark("first-audio", id, Math.max(from, this.#now() - ago));
    }, LOOK_MS);
  }

  /** The dominant tone now; null in silence or without a far end. */
  levels(): RemoteAudioLevels | null {
    const analyser = this.#analyser;
    if (!analyser) return null;
    const spectrum = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(spectrum);
    const samples = new Float32Array(FFT_SIZE);
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    const peak = peakOfSpectrum(spectrum, this.#context.sampleRate / FFT_SIZE);
    return peak && { ...peak, rmsDb: 10 * Math.log10(power + 1e-14) };
  }
}
