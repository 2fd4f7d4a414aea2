/** Makes a context for sound, or null where there is none. */
export type OpenAudioContext = () => AudioContext | null;

const PERIOD_S = 2.4;
const TONES = [{ at: 0, hz: 587.33 }, { at: 0.22, hz: 880 }];

/** Rings softly while something is on offer: two notes, again and again. */
export class Ringer {
  #open: OpenAudioContext;
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(open: OpenAudioContext) {
    this.#open = open;
  }

  /** Rings, or stops ringing. */
  ring(on: boolean): void {
    if (on === (this.#timer !== undefined)) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (!on) return;
    this.#context ??= this.#open();
    const context = this.#context;
    if (!context) return;
    context.resume().catch(() => {
      // Without a click the browser keeps it silent; the offer is shown and announced anyway.
    });
    this.#chime(context);
    this.#timer = setInterval(() => this.#chime(context), PERIOD_S * 1000);
  }

  #chime(context: AudioContext): void {
    if (context.state !== "running") return;
    for (const { at, hz } of TONES) {
      const start = context.currentTime + at;
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.frequency.value = hz;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(0.12, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.55);
    }
  }
}
