import { AUDIO_LEVEL } from "./audio_level.ts";

/**
 * What the PoP can receive and send, in mediasoup's shape: G.711 only, µ-law first, because
 * mediasoup-client sends the first codec of this list.
 */
export const ROUTER_RTP_CAPABILITIES = {
  codecs: [codec("audio/PCMU", 0), codec("audio/PCMA", 8)],
  headerExtensions: [
    extension("urn:ietf:params:rtp-hdrext:sdes:mid", 1),
    extension(AUDIO_LEVEL, 10),
  ],
};

function codec(mimeType: string, preferredPayloadType: number) {
  return {
    kind: "audio" as const,
    mimeType,
    preferredPayloadType,
    clockRate: 8000,
    channels: 1,
    parameters: {},
    rtcpFeedback: [],
  };
}

function extension(uri: string, preferredId: number) {
  const direction = "sendrecv" as const;
  return { kind: "audio" as const, uri, preferredId, preferredEncrypt: false, direction };
}
