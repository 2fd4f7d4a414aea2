import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { reasonsOf, type ReasonValue } from "../message/reason_header.ts";
import type { SipRequest } from "../message/sip_request.ts";
import type { ServerTransaction } from "../transaction/server_transaction.ts";
import type { SipListener, SipTransportName } from "../transport/sip_flow.ts";
import type { WheelTimer } from "../transport/timer_wheel.ts";
import type { AnswerOptions } from "./answer_options.ts";
import type { CallContext } from "./call_context.ts";
import type { CallEnding } from "./call_ending.ts";
import { Dialog } from "./dialog.ts";
import { extraHeaders } from "./extra_headers.ts";
import { SipCall } from "./sip_call.ts";

/** Where an INVITE came from. */
export interface CallSource {
  readonly address: string;
  readonly port: number;
  readonly transport: SipTransportName;
  readonly listener: SipListener;
}

/** How often a provisional answer is repeated, so that no proxy gives up (section 13.3.1.1). */
const REFRESH = 55_000;

/**
 * A call to us (RFC 3261 section 13.3). 100 has been sent. It gets a final answer within its
 * deadline: 480 if nobody decides.
 */
export class IncomingCall extends SipCall {
  /** The caller withdrew before our answer; answered 487 already. `onEnded` follows. */
  onCancel?: (reasons: readonly ReasonValue[]) => void;
  readonly request: SipRequest;
  readonly source: CallSource;
  readonly #transaction: ServerTransaction;
  #refresh?: WheelTimer;

  constructor(context: CallContext, transaction: ServerTransaction) {
    const { request, source, toTag } = transaction;
    super(context, request.callId, toTag, source);
    this.request = request;
    const { address, port, listener } = source;
    this.source = { address, port, listener, transport: listener.transport };
    this.#transaction = transaction;
    this.dialog = Dialog.ofServer(request, toTag);
    this.described("remote", request.sdp);
    this.setDeadline(context.limits.answer);
    transaction.onCancel = (cancel) => {
      const reasons = reasonsOf(cancel);
      this.#refuse(487, {});
      this.onCancel?.(reasons);
      this.over({ kind: "cancelled", reasons });
    };
  }

  /** The caller's offer; undefined if ours is asked for. */
  get offer(): string | undefined {
    return this.request.sdp;
  }

  /** Sends 180. */
  ringing(options: AnswerOptions = {}): void {
    this.provisional(180, undefined, options);
  }

  /** Sends 183 with early media. */
  progress(sdp: string, options: AnswerOptions = {}): void {
    this.provisional(183, sdp, options);
  }

  /** Sends any provisional answer of 101 to 199. Ignored once answered. */
  provisional(status: number, sdp?: string, options: AnswerOptions = {}): void {
    if (this.state !== "early") return;
    if (!Number.isInteger(status) || status <= 100 || status >= 200) {
      throw new AntiphonError("invalid_request", "A provisional status lies between 101 and 199");
    }
    const headers = [...this.headers(sdp), ...extraHeaders(options)];
    this.#transaction.respond(status, { reason: options.phrase, headers, body: sdp });
    this.described("local", sdp);
    this.context.wheel.clear(this.#refresh);
    this.#again();
  }

  /**
   * Answers 200 with our answer, or with our offer if the INVITE had none. Ignored once answered
   * or over. `onAck` follows, or the end "no_ack".
   */
  accept(sdp: string, options: AnswerOptions = {}): void {
    if (this.state !== "early") return;
    this.answer(this.#transaction, sdp, options);
    this.context.wheel.clear(this.#refresh);
    this.confirm();
  }

  /** Refuses with a status of 300 to 699. Ignored once answered or over. */
  reject(status: number, options: AnswerOptions = {}): void {
    if (this.state !== "early") return;
    this.#refuse(status, options);
    this.over({ kind: "rejected", status, reasons: options.reasons ?? [] });
  }

  /** Hangs up; before the answer refuses with 480. */
  override hangUp(options: AnswerOptions = {}): void {
    if (this.state === "early") this.reject(480, options);
    else this.bye(options, { kind: "local_bye", reasons: options.reasons ?? [] });
  }

  protected override expire(): void {
    if (this.state === "early") {
      this.#refuse(480, {});
      this.over({ kind: "no_answer", status: 480, reasons: [] });
    } else this.bye({ reasons: [{ protocol: "SIP", cause: 408 }] }, deadline);
  }

  protected override withdrawn(): void {
    if (this.state === "early") this.#refuse(487, {});
  }

  #refuse(status: number, options: AnswerOptions): void {
    if (!Number.isInteger(status) || status < 300 || status > 699) {
      throw new AntiphonError("invalid_request", "A refusing status lies between 300 and 699");
    }
    this.context.wheel.clear(this.#refresh);
    const headers = [["Server", this.context.product] as const, ...extraHeaders(options)];
    this.#transaction.respond(status, { reason: options.phrase, headers });
  }

  #again(): void {
    this.#refresh = this.context.wheel.set(REFRESH, () => {
      this.#transaction.resend();
      this.#again();
    });
  }
}

const deadline: CallEnding = { kind: "deadline", reasons: [] };
