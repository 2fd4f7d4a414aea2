import type { Law } from "../../../protocol/audio/law.ts";

/** A G.711 law as the media engine uses it: its name in SDP, its static payload type, its tables. */
export interface Codec extends Law {
  /** Encoding name (RFC 3551 section 4.5.14). */
  readonly name: "PCMU" | "PCMA";
  /** Static RTP payload type (RFC 3551 table 4). */
  readonly payloadType: 0 | 8;
  /** The code word of silence. */
  readonly silence: number;
}
