import type { Signalling } from "./signalling.ts";

/** Audio both ways between this browser and its PoP. */
export interface MediaLink {
  /** What the far end says. */
  readonly remote: MediaStream;
  readonly producerId: string;
  /** Whether the microphone is heard; silence is sent otherwise. */
  setSending(sending: boolean): void;
  close(): void;
}

/**
 * Makes the link over an opened and greeted signalling, with the microphone silent at first.
 * `onLost` is called at most once, when the transports broke off after they had been connected.
 */
export type OpenMediaLink = (
  signalling: Signalling,
  track: MediaStreamTrack,
  onLost: () => void,
) => Promise<MediaLink>;
