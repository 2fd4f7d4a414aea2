import type { Refusal } from "../message/refusal.ts";
import type { AudioCodec, AudioDescription, MediaDirection } from "./audio_description.ts";
import type { LocalAudio } from "./local_audio.ts";
import { readSession } from "./read_session.ts";
import { writeSession } from "./write_session.ts";

/** An answer and what it settles, or the status to refuse the offer with (400 or 488). */
export type OfferAnswer =
  | {
    readonly ok: true;
    /** The answer's text. */
    readonly sdp: string;
    readonly codec: AudioCodec;
    /** Both ways. */
    readonly payloadType: number;
    readonly telephoneEvent: number | undefined;
    /** As we see it. */
    readonly direction: MediaDirection;
    readonly remote: AudioDescription;
  }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Answers an offer (RFC 3264 section 6): one G.711 law, the first of ours that is offered (the
 * peer's first if we have no choice), telephone-event if offered, every other line refused in its
 * place.
 */
export function answerOffer(offer: string, local: LocalAudio): OfferAnswer {
  const reading = readSession(offer);
  if (!reading.ok) return reading;
  const { audio, lines } = reading.description;
  const ours = local.codecs ?? audio.codecs.map(({ codec }) => codec);
  const codec = ours.find((one) => audio.codecs.some((theirs) => theirs.codec === one));
  const chosen = audio.codecs.find((theirs) => theirs.codec === codec);
  if (chosen === undefined) {
    return { ok: false, refusal: { status: 488, reason: "No Common Codec" } };
  }
  const direction = narrowed(local.direction ?? "sendrecv", audio.direction);
  const { telephoneEvent, mid, line } = audio;
  const written = { codecs: [chosen], telephoneEvent, direction, mid };
  const sdp = writeSession(
    local,
    { ...written, protocol: lines[line].protocol },
    lines,
    line,
  );
  return { ok: true, sdp, ...chosen, telephoneEvent, direction, remote: audio };
}

function narrowed(wanted: MediaDirection, offered: MediaDirection): MediaDirection {
  const sends = wanted !== "recvonly" && wanted !== "inactive" &&
    (offered === "sendrecv" || offered === "recvonly");
  const receives = wanted !== "sendonly" && wanted !== "inactive" &&
    (offered === "sendrecv" || offered === "sendonly");
  return sends ? (receives ? "sendrecv" : "sendonly") : receives ? "recvonly" : "inactive";
}
