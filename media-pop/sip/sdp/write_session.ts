import { write } from "sdp-transform";
import type { AudioCodec, MediaDirection } from "./audio_description.ts";
import type { LocalAudio } from "./local_audio.ts";
import type { MediaLine } from "./session_reading.ts";

/** The audio line of a description of ours. */
export interface WrittenAudio {
  readonly codecs: readonly { readonly codec: AudioCodec; readonly payloadType: number }[];
  readonly telephoneEvent: number | undefined;
  readonly direction: MediaDirection;
  readonly mid?: string;
  readonly protocol?: string;
}

/**
 * Writes a description of ours: the audio line, and every other line of the offer refused with
 * port 0 in its place (RFC 3264 section 6).
 */
export function writeSession(
  local: LocalAudio,
  audio: WrittenAudio,
  lines: readonly MediaLine[] = [],
  at = 0,
): string {
  const { telephoneEvent: events, codecs } = audio;
  const version = local.address.includes(":") ? 6 : 4;
  const types = codecs.map(({ payloadType }) => payloadType);
  const mapped = codecs.map(({ codec, payloadType }) => ({
    payload: payloadType,
    codec,
    rate: 8000,
  }));
  const ours = {
    type: "audio",
    port: local.port,
    protocol: audio.protocol ?? "RTP/AVP",
    payloads: [...types, ...events === undefined ? [] : [events]].join(" "),
    rtp: events === undefined
      ? mapped
      : [...mapped, { payload: events, codec: "telephone-event", rate: 8000 }],
    fmtp: events === undefined ? [] : [{ payload: events, config: "0-15" }],
    ptime: local.ptime ?? 20,
    direction: audio.direction,
    mid: audio.mid,
  };
  const refused = (line: MediaLine) => ({ ...line, port: 0, rtp: [], fmtp: [] });
  const media = lines.map((line, index) => index === at ? ours : refused(line));
  return write({
    version: 0,
    origin: {
      username: "-",
      sessionId: local.sessionId,
      sessionVersion: local.version,
      netType: "IN",
      ipVer: version,
      address: local.address,
    },
    name: "-",
    connection: { version, ip: local.address },
    timing: { start: 0, stop: 0 },
    media: lines.length === 0 ? [ours] : media,
  });
}
