import type { LocalAudio } from "./local_audio.ts";
import { writeSession } from "./write_session.ts";

const PAYLOAD_TYPES = { PCMU: 0, PCMA: 8 } as const;

/** Our offer: G.711 both laws unless told otherwise, and telephone-event as 101. */
export function makeOffer(local: LocalAudio): string {
  const { codecs = ["PCMU", "PCMA"], direction = "sendrecv" } = local;
  return writeSession(local, {
    codecs: codecs.map((codec) => ({ codec, payloadType: PAYLOAD_TYPES[codec] })),
    telephoneEvent: 101,
    direction,
  });
}
