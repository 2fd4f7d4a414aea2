import type { Refusal } from "../message/refusal.ts";
import type { AudioDescription } from "./audio_description.ts";

/** One m= line as it must be mirrored in an answer. */
export interface MediaLine {
  readonly type: string;
  readonly protocol: string;
  readonly payloads: string;
  readonly mid: string | undefined;
}

/** A session description, read and checked. */
export interface SessionDescription {
  readonly audio: AudioDescription;
  /** All m= lines in order, the audio line among them. */
  readonly lines: readonly MediaLine[];
  /** `o=`: session id and version. */
  readonly origin: { readonly id: string; readonly version: number };
}

/** A description, or the status to refuse with: 400 if broken, 488 if nothing is in common. */
export type SessionReading =
  | { readonly ok: true; readonly description: SessionDescription }
  | { readonly ok: false; readonly refusal: Refusal };
