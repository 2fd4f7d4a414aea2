/** Direction of media as its sender sees it (RFC 8866 section 6.7). */
export type MediaDirection = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** The codecs this platform speaks, both G.711 at 8 kHz (RFC 3551). */
export type AudioCodec = "PCMU" | "PCMA";

/** The audio stream of a peer's session description. */
export interface AudioDescription {
  /** Which m= line it is, from 0. */
  readonly line: number;
  /** Where RTP goes. */
  readonly address: string;
  readonly port: number;
  /** As the peer wrote it; a connection address of 0.0.0.0 counts as "sendonly" (old hold). */
  readonly direction: MediaDirection;
  /** Packet time the peer wishes in milliseconds, if it says so. */
  readonly ptime: number | undefined;
  /** Codecs we share, in the peer's order, with the peer's payload types. Never empty. */
  readonly codecs: readonly { readonly codec: AudioCodec; readonly payloadType: number }[];
  /** Payload type of telephone-event at 8 kHz (RFC 4733), if offered. */
  readonly telephoneEvent: number | undefined;
  readonly mid: string | undefined;
}
