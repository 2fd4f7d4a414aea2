import { type MediaDescription, parse, type SessionDescription as Parsed } from "sdp-transform";
import { z } from "zod";
import { isAddress } from "../transport/is_address.ts";
import type { AudioCodec, AudioDescription, MediaDirection } from "./audio_description.ts";
import type { MediaLine, SessionReading } from "./session_reading.ts";

type Media = Parsed["media"][number];

const PORT = z.number().int().min(0).max(65535);
const PAYLOAD_TYPE = z.number().int().min(0).max(127);
const STATIC: Record<number, AudioCodec> = { 0: "PCMU", 8: "PCMA" };
const DIRECTIONS = ["sendrecv", "sendonly", "recvonly", "inactive"] as const;
const LONGEST = 65_536;
const MOST_LINES = 32;

/**
 * Reads an offer or answer (RFC 8866, RFC 3264): the first audio line over RTP/AVP that is not
 * refused and shares a codec with us. Encrypted and other lines are left for the answer to
 * refuse. Never throws.
 */
export function readSession(text: string): SessionReading {
  if (text.length > LONGEST || !/^v=0\r?\n/.test(text)) return refuse(400, "Malformed SDP");
  const session = parse(text);
  const media = session.media.slice(0, MOST_LINES + 1);
  if (media.length > MOST_LINES) return refuse(488, "Too Many Media Lines");
  for (const [line, one] of media.entries()) {
    if (!PORT.safeParse(one.port).success) return refuse(400, "Malformed Media Line");
    const audio = audioOf(session, one, line);
    if (audio === undefined) continue;
    const version = Number(session.origin?.sessionVersion ?? 0);
    return {
      ok: true,
      description: {
        audio,
        lines: media.map(lineOf),
        origin: {
          id: String(session.origin?.sessionId ?? 0),
          version: Number.isSafeInteger(version) && version >= 0 ? version : 0,
        },
      },
    };
  }
  return refuse(488, "No Common Codec");
}

function refuse(status: number, reason: string): SessionReading {
  return { ok: false, refusal: { status, reason } };
}

function audioOf(session: Parsed, media: Media, line: number): AudioDescription | undefined {
  const plain = media.protocol === "RTP/AVP" || media.protocol === "RTP/AVPF";
  if (media.type !== "audio" || media.port === 0 || !plain) return undefined;
  const address = (media.connection ?? session.connection)?.ip ?? "";
  if (!isAddress(address)) return undefined;
  const codecs: { codec: AudioCodec; payloadType: number }[] = [];
  for (const payloadType of payloadTypes(media)) {
    const codec = codecOf(media, payloadType);
    const known = codecs.some((one) => one.codec === codec);
    if (codec !== undefined && !known) codecs.push({ codec, payloadType });
  }
  if (codecs.length === 0) return undefined;
  const events = media.rtp.find(({ codec, rate }) =>
    codec.toLowerCase() === "telephone-event" && (rate ?? 8000) === 8000
  )?.payload;
  const offered = events !== undefined && payloadTypes(media).includes(events);
  const ptime = Number(media.ptime);
  return {
    line,
    address,
    port: media.port,
    direction: directionOf(session, media, address),
    ptime: Number.isInteger(ptime) && ptime >= 10 && ptime <= 200 ? ptime : undefined,
    codecs,
    telephoneEvent: offered ? events : undefined,
    mid: media.mid === undefined ? undefined : String(media.mid),
  };
}

function payloadTypes(media: MediaDescription & { payloads?: string }): number[] {
  return String(media.payloads ?? "").split(" ").filter((text) => /^\d{1,3}$/.test(text))
    .map(Number).filter((type) => PAYLOAD_TYPE.safeParse(type).success);
}

function codecOf(media: Media, payloadType: number): AudioCodec | undefined {
  const mapped = media.rtp.find(({ payload }) => payload === payloadType);
  if (mapped === undefined) return STATIC[payloadType];
  const name = mapped.codec.toUpperCase();
  const mono = mapped.encoding === undefined || Number(mapped.encoding) === 1;
  if ((mapped.rate ?? 8000) !== 8000 || !mono) return undefined;
  return name === "PCMU" || name === "PCMA" ? name : undefined;
}

function directionOf(session: Parsed, media: Media, address: string): MediaDirection {
  const written = media.direction ?? session.direction;
  const direction = DIRECTIONS.find((one) => one === written) ?? "sendrecv";
  if (address !== "0.0.0.0") return direction;
  return direction === "sendrecv" ? "sendonly" : direction === "recvonly" ? "inactive" : direction;
}

function lineOf(media: Media): MediaLine {
  return {
    type: word(media.type, "audio"),
    protocol: word(media.protocol, "RTP/AVP"),
    payloads: /^[\w .+\-\/*]+$/.test(String(media.payloads ?? "")) ? String(media.payloads) : "0",
    mid: media.mid === undefined ? undefined : word(String(media.mid), "0"),
  };
}

function word(text: string, otherwise: string): string {
  return /^[A-Za-z0-9!#$%&'*+\-.\/^_`{|}~]+$/.test(text) ? text : otherwise;
}
