import type { AgentLeg } from "../calls/media_leg.ts";

/** Shapes of mediasoup-client that pass through unread. */
export type Json = Record<string, unknown>;

/** DTLS parameters of a browser (W3C RTCDtlsFingerprint values). */
export interface BrowserDtls {
  role?: "auto" | "client" | "server";
  fingerprints: { algorithm: string; value: string }[];
}

/** The media side of one softphone: its transports, its microphone and its loudspeaker. */
export interface SoftphoneMedia {
  routerCapabilities(): Json;
  /** Answers mediasoup-client's `TransportOptions`. */
  createTransport(direction: "send" | "recv"): Json;
  /** @throws AntiphonError `unknown_entity` */
  connectTransport(transportId: string, dtls: BrowserDtls): void;
  /** Takes the microphone; answers its id. @throws AntiphonError `unknown_entity` */
  produce(transportId: string, rtpParameters: Json): { id: string };
  /** Answers `ConsumerOptions` for what the agent hears. @throws AntiphonError `unknown_entity` */
  consume(transportId: string, rtpCapabilities: Json): Json;
  /** @throws AntiphonError `unknown_entity` */
  setPaused(producerId: string, paused: boolean): void;
  /** Sends digits to the caller of the call under way. @throws AntiphonError `state_not_allowed` */
  sendDigits(digits: string): void;
  /** Takes the audio for a call's leg. */
  openLeg(): AgentLeg;
  close(): void;
}

/** What the media side of a softphone reports by itself. */
export interface SoftphoneMediaEvents {
  /** A transport ended; `wasConnected` if audio could have flowed on it. */
  transportLost(transportId: string, wasConnected: boolean): void;
  /** A call's leg is on it and nothing was heard of the browser for too long. */
  silent(): void;
}

/** Makes the media side of a softphone. @throws AntiphonError `media_unavailable` */
export type OpenSoftphoneMedia = (events: SoftphoneMediaEvents) => SoftphoneMedia;
