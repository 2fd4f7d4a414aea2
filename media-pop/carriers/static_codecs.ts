import type { AudioCodec, AudioDescription } from "../sip/sdp/audio_description.ts";

/** Payload types of G.711 (RFC 3551 section 6); the engine sends no others. */
const STATIC = { PCMU: 0, PCMA: 8 } as const;

/** The laws that a description has under their static payload types, in its order. */
export function staticCodecs(audio: AudioDescription): AudioCodec[] {
  return audio.codecs.filter(({ codec, payloadType }) => payloadType === STATIC[codec])
    .map(({ codec }) => codec);
}
