/** URI of the client-to-mixer audio level (RFC 6464). */
export const AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
