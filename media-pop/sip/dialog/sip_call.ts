// One dialog's whole life after its INVITE, both directions: kept together so that its few states
// can be read in one place.
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { HeaderFields } from "../message/header_fields.ts";
import { reasonsOf, type ReasonValue } from "../message/reason_header.ts";
import { serialise } from "../message/serialise.ts";
import type { SipRequest } from "../message/sip_request.ts";
import type { SipResponse } from "../message/sip_response.ts";
import { answerAgain } from "../sdp/answer_again.ts";
import type { ServerTransaction } from "../transaction/server_transaction.ts";
import { TIMINGS } from "../transaction/timings.ts";
import { viaFor } from "../transaction/via_for.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { WheelTimer } from "../transport/timer_wheel.ts";
import { ALLOWED_METHODS } from "./allowed_methods.ts";
import type { AnswerOptions } from "./answer_options.ts";
import { AnswerRepeater } from "./answer_repeater.ts";
import type { CallContext } from "./call_context.ts";
import type { CallEnding } from "./call_ending.ts";
import { callKey } from "./call_key.ts";
import { contactFor } from "./contact_for.ts";
import type { Dialog } from "./dialog.ts";
import { extraHeaders } from "./extra_headers.ts";
import type { LiveCall } from "./live_call.ts";
import type { Reinvite } from "./reinvite.ts";
import type { ReinviteOutcome } from "./reinvite_outcome.ts";

import {
  isTooBrief,
  MIN_SE,
  sessionHeaders,
  type SessionInterval,
  sessionInterval,
} from "./session_interval.ts";

/** Statuses that tell that the peer has lost the dialog (RFC 3261 section 12.2.1.2). */
const GONE = new Set([408, 481, 503]);

/** What both kinds of call have in common: the dialog after the answer, hanging up, the end. */
export abstract class SipCall implements LiveCall {
  /** The peer hung up; answered already. `onEnded` follows. */
  onBye?: (reasons: readonly ReasonValue[]) => void;
  /**
   * The peer wants to change the session (hold, other media). Unless settled within
   * `limits.reinvite`, and when nobody listens, the present description is repeated with the
   * direction that fits the offer.
   */
  onReinvite?: (reinvite: Reinvite) => void;
  /** The peer's ACK came, with its session description if our answer was an offer. */
  onAck?: (sdp: string | undefined) => void;
  /**
   * The deadline passed: return true after moving it, else the call is ended.
   */
  onDeadline?: () => boolean;
  /** The call is over. Comes exactly once, last. */
  onEnded?: (ending: CallEnding) => void;

  protected dialog?: Dialog;
  #state: "early" | "confirmed" | "ended" = "early";
  #localSdp?: string;
  #remoteSdp?: string;
  #deadline?: WheelTimer;
  #freshness?: WheelTimer;
  #repeater?: AnswerRepeater;
  #pendingIn?: ServerTransaction;
  #pendingOut = false;
  #farewell?: AnswerOptions;
  protected flow: SipFlow;

  protected constructor(
    protected readonly context: CallContext,
    readonly callId: string,
    readonly localTag: string,
    flow: SipFlow,
  ) {
    this.flow = flow;
    context.calls.set(callKey(callId, localTag), this);
  }

  /** "early" until answered, "confirmed" until over. */
  get state(): "early" | "confirmed" | "ended" {
    return this.#state;
  }

  /** Our session description last sent as offer or answer. */
  get localSdp(): string | undefined {
    return this.#localSdp;
  }

  /** The peer's session description last received as offer or answer. */
  get remoteSdp(): string | undefined {
    return this.#remoteSdp;
  }

  /** Moves the deadline of the present state to `after` milliseconds from now. */
  setDeadline(after: number): void {
    if (this.#state === "ended") return;
    this.context.wheel.clear(this.#deadline);
    this.#deadline = this.context.wheel.set(after, () => {
      if (this.onDeadline?.() !== true) this.expire();
    });
  }

  /** Ends the call whatever its state: refuses, withdraws or hangs up. */
  abstract hangUp(options?: AnswerOptions): void;

  /** What a passed deadline does. */
  protected abstract expire(): void;

  /**
   * Offers another session (RFC 3261 section 14.1). Resolves with the final status; never
   * rejects for what the peer does. 481, 408 and 503 end the call.
   *
   * @throws state_not_allowed unless the call is confirmed and no re-INVITE is under way
   */
  reinvite(sdp: string, options: AnswerOptions = {}): Promise<ReinviteOutcome> {
    const { dialog } = this;
    if (this.#state !== "confirmed" || dialog === undefined || this.#busy) {
      throw new AntiphonError(
        "state_not_allowed",
        "The call cannot be re-invited now; wait for its answer or for the other re-INVITE",
      );
    }
    const headers = [...this.headers(sdp), ...extraHeaders(options)];
    const request = dialog.request("INVITE", headers, sdp);
    const flow = this.context.flowFor(dialog, this.flow);
    return new Promise((resolve, reject) => {
      let ack: (() => void) | undefined;
      let patience: WheelTimer | undefined;
      const done = (outcome: ReinviteOutcome) => {
        if (!this.#pendingOut) return;
        this.#pendingOut = false;
        this.context.wheel.clear(patience);
        resolve(outcome);
        if (GONE.has(outcome.status)) this.lost(outcome.status);
      };
      const onResponse = (response: SipResponse) => {
        if (response.status < 200 || ack !== undefined) return ack?.();
        if (response.status < 300) {
          dialog.refresh(response);
          ack = this.acknowledge(dialog, request.cseq);
          this.#localSdp = sdp;
          this.#remoteSdp = response.sdp ?? this.#remoteSdp;
        }
        done({ status: response.status, reason: response.reason, sdp: response.sdp });
      };
      const onFailure = (kind: "timeout" | "transport") =>
        done({ status: kind === "timeout" ? 408 : 503, reason: kind });
      this.#pendingOut = true;
      try {
        const transaction = this.context.layer.request(request, flow, { onResponse, onFailure });
        patience = this.context.wheel.set(TIMINGS.patience, () => {
          transaction.abandon();
          onFailure("timeout");
        });
      } catch (error) {
        this.#pendingOut = false;
        reject(error);
      }
    });
  }

  /** Serves a request within the dialog. For the endpoint. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const { dialog } = this;
    if (dialog === undefined || (request.from.tag ?? "") !== dialog.remoteTag) {
      return transaction.respond(481);
    }
    if (!dialog.accepts(request.cseq.number)) {
      return transaction.respond(500, { reason: "CSeq Out Of Order" });
    }
    this.flow = transaction.source;
    if (request.method === "BYE") this.#bye(transaction);
    else if (request.method === "OPTIONS") {
      transaction.respond(200, { headers: this.headers() });
    } else if (request.method === "INVITE") this.#reinvited(transaction);
    else transaction.respond(405, { headers: [["Allow", ALLOWED_METHODS]] });
  }

  /** Takes the ACK of a 2xx. For the endpoint. */
  acknowledged(ack: SipRequest): void {
    if (!this.#repeater?.waiting || ack.cseq.number !== this.#repeater.cseq) return;
    this.#repeater.stop();
    if (this.#farewell !== undefined) return this.#sendBye(this.#farewell);
    this.#remoteSdp = ack.sdp ?? this.#remoteSdp;
    this.onAck?.(ack.sdp);
  }

  /** Forgets the call without a word to anybody, when the endpoint closes. */
  abandon(): void {
    this.#forget();
    this.#repeater?.stop();
    this.context.wheel.clear(this.#deadline);
    this.context.wheel.clear(this.#freshness);
    this.#state = "ended";
  }

  /** Contact, Allow and who we are; Content-Type too if there is a description to go along. */
  protected headers(sdp?: string): HeaderFields {
    const headers: (readonly [string, string])[] = [
      ["Contact", contactFor(this.flow.listener)],
      ["Allow", ALLOWED_METHODS],
      ["User-Agent", this.context.product],
    ];
    if (sdp !== undefined) headers.push(["Content-Type", "application/sdp"]);
    return headers;
  }

  protected described(which: "local" | "remote", sdp: string | undefined): void {
    if (sdp === undefined) return;
    if (which === "local") this.#localSdp = sdp;
    else this.#remoteSdp = sdp;
  }

  /** The INVITE has its 2xx. */
  protected confirm(): void {
    this.#state = "confirmed";
    this.context.counters.add("sip_calls_answered_total");
    this.setDeadline(this.context.limits.session);
  }

  /** Answers an INVITE with 2xx and repeats that until the ACK. */
  protected answer(transaction: ServerTransaction, sdp: string, options: AnswerOptions): void {
    const interval = sessionInterval(transaction.request);
    const timer = interval === undefined ? [] : sessionHeaders(interval);
    const headers = [...this.headers(sdp), ...timer, ...extraHeaders(options)];
    transaction.respond(200, { reason: options.phrase, headers, body: sdp });
    this.#localSdp = sdp;
    this.#keepFresh(interval);
    transaction.onAck = (ack) => this.acknowledged(ack);
    this.#repeater?.stop();
    this.#repeater = new AnswerRepeater(
      this.context.wheel,
      transaction.request.cseq.number,
      () => transaction.resend(),
      () => {
        this.context.counters.add("sip_answers_unacknowledged_total");
        this.#sendBye(this.#farewell ?? {});
        this.over({ kind: "no_ack", reasons: [] });
      },
    );
  }

  /** Sends the ACK of a 2xx; the function returned sends it again. */
  protected acknowledge(dialog: Dialog, cseq: number, sdp?: string): () => void {
    const headers: HeaderFields = sdp === undefined ? [] : [["Content-Type", "application/sdp"]];
    const ack = dialog.request("ACK", headers, sdp, cseq);
    const via = viaFor(this.flow.listener, this.context.token(10));
    const fields = [["Via", via] as const, ["Max-Forwards", "70"] as const, ...ack.headers];
    const bytes = serialise(`ACK ${ack.uri} SIP/2.0`, fields, sdp);
    const send = () => this.context.flowFor(dialog, this.flow).send(bytes);
    send();
    return send;
  }

  /** Hangs an answered call up; the BYE waits for the ACK of our answer (section 15). */
  protected bye(options: AnswerOptions, ending: CallEnding): void {
    if (this.#state !== "confirmed") return;
    if (this.#repeater?.waiting) this.#farewell = options;
    else this.#sendBye(options);
    this.over(ending);
  }

  /** The call is over: tells the user, once. */
  protected over(ending: CallEnding): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.context.wheel.clear(this.#deadline);
    this.context.wheel.clear(this.#freshness);
    this.#pendingIn?.respond(487);
    this.#pendingIn = undefined;
    if (!this.#repeater?.waiting) this.#forget();
    this.context.counters.add("sip_calls_ended_total", { kind: ending.kind });
    this.onEnded?.(ending);
  }

  /** The peer does not know the dialog any more. */
  protected lost(status: number): void {
    this.bye({}, { kind: "failed", status, reasons: [] });
  }

  /** Watches or keeps up the session interval (RFC 4028 sections 9 and 10). */
  #keepFresh(interval: SessionInterval | undefined): void {
    const { wheel } = this.context;
    wheel.clear(this.#freshness);
    if (interval === undefined) return;
    const span = interval.seconds * 1000;
    if (interval.refresher === "uac") {
      this.#freshness = wheel.set(span - Math.min(32_000, span / 3), () => {
        this.context.counters.add("sip_sessions_expired_total");
        const reasons = [{ protocol: "SIP", cause: 408, text: "Session Expired" }];
        this.bye({ reasons }, { kind: "deadline", reasons: [] });
      });
    } else this.#freshness = wheel.set(span / 2, () => this.#refreshSession(interval));
  }

  #refreshSession(interval: SessionInterval): void {
    if (this.#state !== "confirmed" || this.#localSdp === undefined) return;
    this.#freshness = this.context.wheel.set(5000, () => this.#refreshSession(interval));
    if (this.#busy) return;
    const headers = [
      ["Supported", "timer"],
      ["Session-Expires", `${interval.seconds};refresher=uac`],
    ] as const;
    this.reinvite(this.#localSdp, { headers }).then(({ status }) => {
      if (status < 300 && this.#state === "confirmed") this.#keepFresh(interval);
    }).catch((error) => this.context.log.error("sip.refresh_failed", { error }));
  }

  get #busy(): boolean {
    return this.#pendingOut || this.#pendingIn !== undefined || this.#repeater?.waiting === true;
  }

  #forget(): void {
    this.context.calls.delete(callKey(this.callId, this.localTag));
  }

  #sendBye(options: AnswerOptions): void {
    this.#forget();
    if (this.dialog === undefined) return;
    const request = this.dialog.request("BYE", [
      ["User-Agent", this.context.product],
      ...extraHeaders(options),
    ]);
    this.context.layer.request(request, this.context.flowFor(this.dialog, this.flow), {
      onResponse: () => {},
      onFailure: (kind) => {
        this.context.counters.add("sip_byes_unanswered_total", { kind });
      },
    });
  }

  #bye(transaction: ServerTransaction): void {
    transaction.respond(200, { headers: [["Server", this.context.product]] });
    this.#repeater?.stop();
    this.#forget();
    if (this.#state === "ended") return;
    const reasons = reasonsOf(transaction.request);
    this.withdrawn();
    this.onBye?.(reasons);
    this.over({ kind: "remote_bye", reasons });
  }

  /** A BYE before the answer also ends the INVITE (section 15.1.2). */
  protected withdrawn(): void {}

  #reinvited(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (this.#state === "ended") return transaction.respond(481);
    if (this.#state === "early" || this.#pendingIn !== undefined || this.#repeater?.waiting) {
      const wait = String(1 + parseInt(this.context.token(1), 16) % 10);
      return transaction.respond(500, { headers: [["Retry-After", wait]] });
    }
    if (this.#pendingOut) return transaction.respond(491);
    if (request.body.length > 0 && request.sdp === undefined) {
      return transaction.respond(415, { headers: [["Accept", "application/sdp"]] });
    }
    if (isTooBrief(request)) return transaction.respond(422, { headers: MIN_SE });
    this.dialog?.refresh(request);
    this.#pendingIn = transaction;
    const reinvite = this.#reinvite(transaction);
    transaction.onCancel = () => reinvite.reject(487);
    if (this.onReinvite === undefined) return this.#repeatSession(reinvite);
    const timer = this.context.wheel.set(
      this.context.limits.reinvite,
      () => this.#repeatSession(reinvite),
    );
    reinvite.onSettled = () => this.context.wheel.clear(timer);
    this.onReinvite(reinvite);
  }

  #repeatSession(reinvite: Reinvite): void {
    if (this.#localSdp === undefined) return reinvite.reject(488);
    const { sdp } = reinvite;
    const answer = sdp === undefined ? this.#localSdp : answerAgain(this.#localSdp, sdp);
    if (answer === undefined) reinvite.reject(488);
    else reinvite.accept(answer);
  }

  #reinvite(transaction: ServerTransaction): Reinvite & { onSettled?: () => void } {
    const { sdp } = transaction.request;
    const settle = (): boolean => {
      if (this.#pendingIn !== transaction) return false;
      this.#pendingIn = undefined;
      reinvite.onSettled?.();
      return true;
    };
    const isPending = () => this.#pendingIn === transaction;
    const reinvite: Reinvite & { onSettled?: () => void } = {
      sdp,
      get settled() {
        return !isPending();
      },
      accept: (answer, options = {}) => {
        if (!settle()) return;
        this.#remoteSdp = sdp ?? this.#remoteSdp;
        this.answer(transaction, answer, options);
      },
      reject: (status, options = {}) => {
        if (!settle()) return;
        transaction.respond(status, { reason: options.phrase, headers: extraHeaders(options) });
      },
    };
    return reinvite;
  }
}
