import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { CallDesk } from "../calls/call_desk.ts";
import type { BLeg, DialEvents, MediaLeg, MediaLegEvents } from "../calls/media_leg.ts";
import type { Directory } from "../configuration/directory.ts";
import type { IncomingCall } from "../sip/dialog/incoming_call.ts";
import { parseUri } from "../sip/message/parse_uri.ts";
import { readSession } from "../sip/sdp/read_session.ts";
import { admitCall } from "../trunks/admit_call.ts";
import { type Refusal, type RefusalReason, REFUSALS } from "../trunks/refusal.ts";
import type { TrunkUsage } from "../trunks/trunk_usage.ts";
import { answerReinvite } from "./answer_reinvite.ts";
import { callerOf } from "./caller_of.ts";
import type { DialWanted } from "./dial_wanted.ts";
import { byeReason, rejectReason } from "./reasons.ts";
import { refusalOptions } from "./refusal_options.ts";
import { staticCodecs } from "./static_codecs.ts";

/** A carrier's leg that may wait for the answer to our own offer. */
export interface CarrierMediaLeg extends MediaLeg {
  /** Takes the answer to our INVITE, early or final; false if it cannot be met. */
  answered(sdp: string): boolean;
  /** Takes the session description of the ACK; false if it cannot be met. */
  acknowledged(sdp: string | undefined): boolean;
}

/** What taking in calls needs. */
export interface AcceptInviteParts {
  directory: () => Directory;
  usage: TrunkUsage;
  desk: CallDesk;
  /** Opens media for an offer, or to make one when there is none. */
  openMedia: (
    offer: string | undefined,
    hostname: string,
    events: MediaLegEvents,
  ) => Promise<CarrierMediaLeg>;
  /** Calls a number out, for the B leg. */
  dial: (wanted: DialWanted, events: DialEvents) => BLeg;
  makeId: () => string;
  now: () => number;
  log: Logger;
  counters: Counters;
}

/** Takes a new INVITE in or refuses it; an admitted one rings until its cell decides. */
export function acceptInvite(call: IncomingCall, parts: AcceptInviteParts): void {
  const { directory, usage, desk, log, counters, makeId } = parts;
  const { address, listener, transport } = call.source;
  const session = call.offer === undefined ? null : readSession(call.offer);
  if (session?.ok === false && session.refusal.status === 400) {
    return refuse("malformed_offer", null);
  }
  const admission = admitCall(
    {
      source: address,
      calledUser: parseUri(call.request.uri).user,
      hasCommonCodec: !session ||
        (session.ok && staticCodecs(session.description.audio).length > 0),
    },
    directory(),
    usage,
    parts.now(),
  );
  if (!admission.admitted) return refuse(admission.reason, admission.trunkId);
  const { trunk, number, tenantId, clusterId } = admission;
  const callId = makeId();
  counters.add("antiphon_calls_admitted_total");
  call.ringing({ headers: [["X-Antiphon-Call", callId]] });
  let leg: CarrierMediaLeg | null = null;
  const caller = callerOf(call.request);
  const live = desk.open({
    callId,
    tenantId,
    clusterId,
    legId: makeId(),
    trunkId: trunk.id,
    from: caller,
    to: number,
    transport: transport === "tcp" ? "sip-tcp" : "sip-udp",
  }, {
    carrier: {
      answer: (sdp) => call.accept(sdp, { headers: [["X-Antiphon-Call", callId]] }),
      reject: (status, cause) => {
        const headers: [string, string][] = status === 503 ? [["Retry-After", "5"]] : [];
        call.reject(status, { headers, reasons: [rejectReason(status, cause)] });
      },
      bye: (cause) => call.hangUp({ reasons: [byeReason(cause)] }),
    },
    openMedia: async (events) => leg = await parts.openMedia(call.offer, listener.hostname, events),
    dial: (wanted, events) =>
      parts.dial({
        ...{ ...wanted, callId, tenantId, caller, called: number },
        hostname: listener.hostname,
        maxForwards: Number(call.request.get("max-forwards") ?? 70) - 1,
      }, events),
  });
  call.onCancel = () => live.input({ type: "cancelled" });
  call.onBye = () => live.input({ type: "caller-hung-up" });
  call.onAck = (sdp) => {
    if (leg?.acknowledged(sdp) === false) live.input({ type: "signalling-lost" });
  };
  call.onReinvite = (reinvite) => {
    answerReinvite(reinvite, live.renegotiate(reinvite.sdp ?? null));
  };
  call.onEnded = () => live.input({ type: "signalling-lost" });

  function refuse(reason: RefusalReason, trunkId: string | null): void {
    const refusal: Refusal = REFUSALS[reason];
    counters.add("antiphon_calls_refused_total", { reason });
    log.info("call.refused", { reason, trunkId, source: address, status: refusal.status });
    call.reject(refusal.status, refusalOptions(refusal));
  }
}
