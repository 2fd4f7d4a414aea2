/** Plays the far end in an audio element; `onBlocked` tells when the browser wants a click first. */
export class RemoteAudio {
  #element: HTMLAudioElement;
  #onBlocked: (blocked: boolean) => void;

  constructor(element: HTMLAudioElement, onBlocked: (blocked: boolean) => void) {
    this.#element = element;
    this.#onBlocked = onBlocked;
    element.autoplay = true;
  }

  /** Plays `stream`, or nothing. */
  async play(stream: MediaStream | null): Promise<void> {
    this.#element.srcObject = stream;
    if (stream) await this.unblock();
  }

  /** Tries to play again; works within a click. */
  async unblock(): Promise<void> {
    try {
      await this.#element.play();
      this.#onBlocked(false);
    } catch (error) {
      this.#onBlocked(error instanceof Error && error.name === "NotAllowedError");
    }
  }
}
