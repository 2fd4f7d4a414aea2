import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { HeaderFields } from "../message/header_fields.ts";
import { parseNameAddr } from "../message/parse_name_addr.ts";
import { reasonsOf } from "../message/reason_header.ts";
import type { SipResponse } from "../message/sip_response.ts";
import type { ClientTransaction } from "../transaction/client_transaction.ts";
import type { OutgoingRequest } from "../transaction/outgoing_request.ts";
import { TIMINGS } from "../transaction/timings.ts";
import { viaFor } from "../transaction/via_for.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { WheelTimer } from "../transport/timer_wheel.ts";
import type { AnswerOptions } from "./answer_options.ts";
import type { CallContext } from "./call_context.ts";
import type { CallEnding } from "./call_ending.ts";
import { callKey } from "./call_key.ts";
import { Dialog } from "./dialog.ts";
import { extraHeaders } from "./extra_headers.ts";
import { SipCall } from "./sip_call.ts";

/** A call to be placed. */
export interface Invitation {
  /** Request-URI. */
  readonly uri: string;
  /** From without tag, a URI or a name-addr. */
  readonly from: string;
  /** To, a URI or a name-addr; the Request-URI if left out. */
  readonly to?: string;
  /** Our offer. Without it the peer makes one and {@linkcode OutgoingCall.acknowledgeWith} answers. */
  readonly sdp?: string;
  readonly headers?: HeaderFields;
  /** 70 unless told; a B2BUA sends one less than it received (RFC 7332). */
  readonly maxForwards?: number;
}

/** A call from us (RFC 3261 section 13.2). Ends within its deadlines whatever the peer does. */
export class OutgoingCall extends SipCall {
  /** The first provisional answer came, 100 included: the peer is there. */
  onTrying?: () => void;
  /** A provisional answer above 100, with early media if it has any. */
  onProgress?: (progress: { status: number; reason: string; sdp?: string }) => void;
  /**
   * The peer answered. The ACK has been sent, unless the INVITE had no offer: then `sdp` is the
   * peer's offer and {@linkcode OutgoingCall.acknowledgeWith} must follow.
   */
  onAnswered?: (sdp: string | undefined, response: SipResponse) => void;
  /** The peer refused; `onEnded` follows. */
  onRejected?: (status: number, reason: string, response: SipResponse) => void;
  readonly #request: OutgoingRequest;
  readonly #via: string;
  #transaction?: ClientTransaction;
  #heard = false;
  #cancelling?: AnswerOptions;
  #patience?: WheelTimer;
  #acks = new Map<string, () => void>();
  #unacknowledged?: number;

  /** @throws sip_malformed when an address or header is broken; nothing is sent then */
  constructor(context: CallContext, flow: SipFlow, invitation: Invitation) {
    const localTag = context.token(8);
    const callId = context.token(16);
    const { sdp, uri } = invitation;
    const [from, to] = [address(invitation.from), address(invitation.to ?? uri)];
    super(context, callId, localTag, flow);
    this.#via = viaFor(flow.listener, context.token(10));
    this.#request = {
      method: "INVITE",
      uri,
      headers: [
        ["From", `${from};tag=${localTag}`],
        ["To", to],
        ["Call-ID", callId],
        ["CSeq", "1 INVITE"],
        ...this.headers(sdp),
        ...invitation.headers ?? [],
      ],
      body: sdp,
      maxForwards: invitation.maxForwards,
    };
    this.described("local", sdp);
  }

  /** Sends the INVITE. For the endpoint, after the user has set its listeners. */
  start(): void {
    const { layer, placed, limits } = this.context;
    placed.set(callKey(this.callId, this.localTag), this);
    this.setDeadline(limits.ring);
    try {
      this.#transaction = layer.request(this.#request, this.flow, {
        onResponse: (response) => this.responded(response),
        onFailure: (kind) => {
          const status = kind === "timeout" ? 408 : 503;
          this.#finish({ kind: "failed", status, reason: kind, reasons: [] });
        },
      }, this.#via);
    } catch (error) {
      this.abandon();
      this.#forgetPlaced();
      throw error;
    }
  }

  /** Withdraws before the answer, hangs up after it. */
  override hangUp(options: AnswerOptions = {}): void {
    const reasons = options.reasons ?? [];
    if (this.state === "early") this.#cancel(options, { kind: "cancelled", reasons });
    else {
      this.#settleAck();
      this.bye(options, { kind: "local_bye", reasons });
    }
  }

  /**
   * Acknowledges the answer to an INVITE that had no offer, with our answer.
   *
   * @throws state_not_allowed if no ACK is due
   */
  acknowledgeWith(sdp: string): void {
    const cseq = this.#unacknowledged;
    if (cseq === undefined || this.dialog === undefined) {
      throw new AntiphonError("state_not_allowed", "No ACK is due; wait for the answer");
    }
    this.#unacknowledged = undefined;
    this.context.wheel.clear(this.#patience);
    this.described("local", sdp);
    this.#acks.set(this.dialog.remoteTag, this.acknowledge(this.dialog, cseq, sdp));
  }

  /** Takes a response to the INVITE, late ones included. For the endpoint. */
  responded(response: SipResponse): void {
    if (response.status < 200) this.#provisional(response);
    else if (response.status < 300) this.#success(response);
    else this.#failure(response);
  }

  protected override expire(): void {
    const reasons = [{ protocol: "SIP", cause: 408 }];
    if (this.state === "early") {
      this.#cancel({ reasons }, { kind: "no_answer", status: 408, reasons: [] });
    } else {
      this.#settleAck();
      this.bye({ reasons }, { kind: "deadline", reasons: [] });
    }
  }

  #provisional(response: SipResponse): void {
    const first = !this.#heard;
    this.#heard = true;
    if (this.#cancelling !== undefined) return this.#sendCancel(this.#cancelling);
    if (first && this.state === "early") this.onTrying?.();
    if (response.status === 100 || this.state !== "early") return;
    const { status, reason, sdp } = response;
    this.described("remote", sdp);
    this.onProgress?.({ status, reason, sdp });
  }

  #success(response: SipResponse): void {
    const tag = response.to.tag ?? "";
    const ack = this.#acks.get(tag);
    if (ack !== undefined) return ack();
    if (this.dialog?.remoteTag === tag && this.#unacknowledged !== undefined) return;
    const dialog = Dialog.ofClient(response, this.#request.uri);
    if (this.state !== "early") return this.#decline(dialog, tag, response);
    this.dialog = dialog;
    this.context.wheel.clear(this.#patience);
    this.described("remote", response.sdp);
    this.confirm();
    if (this.#request.body !== undefined) {
      this.#acks.set(tag, this.acknowledge(dialog, response.cseq.number));
    } else {
      this.#unacknowledged = response.cseq.number;
      this.#patience = this.context.wheel.set(TIMINGS.patience / 2, () => this.hangUp());
    }
    this.onAnswered?.(this.remoteSdp, response);
  }

  /** An answer too late or from another branch: take it and hang up at once (section 13.2.2.4). */
  #decline(dialog: Dialog, tag: string, response: SipResponse): void {
    this.context.counters.add("sip_answers_declined_total");
    this.#acks.set(tag, this.acknowledge(dialog, response.cseq.number));
    const flow = this.context.flowFor(dialog, this.flow);
    this.context.layer.request(dialog.request("BYE"), flow, {
      onResponse: () => {},
      onFailure: (kind) => this.context.counters.add("sip_byes_unanswered_total", { kind }),
    });
  }

  #failure(response: SipResponse): void {
    if (this.state !== "early") return this.#finish(undefined);
    const { status, reason } = response;
    this.onRejected?.(status, reason, response);
    this.#finish({ kind: "rejected", status, reason, reasons: reasonsOf(response) });
  }

  #cancel(options: AnswerOptions, ending: CallEnding): void {
    this.#cancelling = options;
    if (this.#heard) this.#sendCancel(options);
    this.#patience = this.context.wheel.set(TIMINGS.patience, () => {
      this.#transaction?.abandon();
      this.#forgetPlaced();
    });
    this.over(ending);
  }

  /** Only after a provisional answer (section 9.1). */
  #sendCancel(options: AnswerOptions): void {
    this.#cancelling = undefined;
    const cancel = this.#transaction?.cancellation(extraHeaders(options));
    if (cancel === undefined) return;
    this.context.layer.request(cancel, this.flow, {
      onResponse: () => {},
      onFailure: (kind) => this.context.counters.add("sip_cancels_unanswered_total", { kind }),
    }, this.#via);
  }

  #finish(ending: CallEnding | undefined): void {
    this.context.wheel.clear(this.#patience);
    this.#patience = undefined;
    if (ending !== undefined) this.over(ending);
  }

  protected override over(ending: CallEnding): void {
    super.over(ending);
    // late answers may still come for as long as a message lives
    this.context.wheel.set(TIMINGS.patience * 2, () => this.#forgetPlaced());
  }

  /** An answer whose ACK was due with our description is acknowledged bare before the BYE. */
  #settleAck(): void {
    if (this.#unacknowledged === undefined || this.dialog === undefined) return;
    this.#acks.set(this.dialog.remoteTag, this.acknowledge(this.dialog, this.#unacknowledged));
    this.#unacknowledged = undefined;
    this.context.wheel.clear(this.#patience);
  }

  #forgetPlaced(): void {
    this.context.placed.delete(callKey(this.callId, this.localTag));
  }
}

function address(text: string): string {
  const { uri } = parseNameAddr(text);
  return text.includes("<") ? text : `<${uri}>`;
}
