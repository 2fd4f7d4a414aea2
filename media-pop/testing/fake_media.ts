import type { LegMedia } from "../../protocol/interaction/interaction_record.ts";
import type { Prompt } from "../media/prompts/prompt.ts";
import type { BLeg, MediaLeg, MediaLegEvents, Renegotiation } from "../calls/media_leg.ts";

/** Figures every fake leg closes with. */
export const FAKE_FIGURES: LegMedia = {
  packetsReceived: 100,
  packetsSent: 90,
  packetsLost: 1,
  jitterMs: 2,
};

/** A carrier's leg in memory; for tests. */
export class FakeMediaLeg implements MediaLeg {
  readonly codec = "PCMA";
  readonly audio: unknown = "outside";
  readonly description: string = "v=0 fake";
  readonly events: MediaLegEvents;
  /** What was asked of it, in order. */
  readonly log: string[] = [];
  #done: (() => void) | null = null;

  constructor(events: MediaLegEvents) {
    this.events = events;
  }

  renegotiate(offer: string | null): Renegotiation | null {
    if (offer === "impossible") return null;
    return { answer: `answer to ${offer}`, held: offer === "hold" };
  }

  play(prompts: readonly Prompt[], loop: boolean, done: () => void): void {
    this.log.push(`play ${prompts.map(({ name }) => name).join(", ")}${loop ? " loop" : ""}`);
    this.#done = done;
    this.onPlay();
  }

  /** Called whenever something begins to play. */
  onPlay: () => void = () => {};

  /** The prompt that plays comes to its end. */
  complete(): void {
    this.#done?.();
  }

  stop(): void {
    this.log.push("stop");
  }

  bridge(bLeg: Pick<BLeg, "audio">): void {
    this.log.push(`bridge ${bLeg.audio}`);
  }

  close(): Promise<LegMedia> {
    this.log.push("close");
    return Promise.resolve(FAKE_FIGURES);
  }
}
