import { answerOffer } from "./answer_offer.ts";
import { readSession } from "./read_session.ts";

const ORIGIN = /^o=.*\r?\n/m;

/**
 * Answers a new offer within a call by what we last described: same address, port and codecs, the
 * direction that fits the offer. The `o=` version grows only if something changes (RFC 3264
 * section 8). Undefined when the offer cannot be answered that way: 488.
 */
export function answerAgain(local: string, offer: string): string | undefined {
  const ours = readSession(local);
  if (!ours.ok) return undefined;
  const { audio: { address, port, codecs, ptime }, origin } = ours.description;
  const answer = answerOffer(offer, {
    address,
    port,
    ptime,
    codecs: codecs.map(({ codec }) => codec),
    sessionId: origin.id,
    version: origin.version + 1,
  });
  if (!answer.ok) return undefined;
  const changed = answer.sdp.replace(ORIGIN, "") !== local.replace(ORIGIN, "");
  return changed ? answer.sdp : local;
}
