import type { AudioCodec, MediaDirection } from "./audio_description.ts";

/** Our side of an audio stream. */
export interface LocalAudio {
  /** Address and port we receive RTP at. */
  readonly address: string;
  readonly port: number;
  /** `o=` session id, digits; the same for the whole call. */
  readonly sessionId: string;
  /** `o=` version; one more each time the description changes. */
  readonly version: number;
  /** What we want; an answer narrows it to what the offer allows. "sendrecv" unless told. */
  readonly direction?: MediaDirection;
  /** Codecs we take, best first; both unless told. */
  readonly codecs?: readonly AudioCodec[];
  /** Packet time in milliseconds; 20 unless told. */
  readonly ptime?: number;
}
