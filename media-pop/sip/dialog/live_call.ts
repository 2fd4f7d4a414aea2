import type { SipRequest } from "../message/sip_request.ts";
import type { SipResponse } from "../message/sip_response.ts";
import type { ServerTransaction } from "../transaction/server_transaction.ts";
import type { AnswerOptions } from "./answer_options.ts";

/** A call as the endpoint sees it. */
export interface LiveCall {
  readonly callId: string;
  readonly localTag: string;
  readonly state: "early" | "confirmed" | "ended";
  /** Ends the call whatever its state. */
  hangUp(options?: AnswerOptions): void;
  /** Serves a request within the call's dialog. */
  receive(transaction: ServerTransaction): void;
  /** Takes the ACK of a 2xx. */
  acknowledged(ack: SipRequest): void;
  /** Forgets the call without a word to anybody. */
  abandon(): void;
}

/** A call placed, for answers that come late. */
export interface PlacedCall {
  /** Takes a response to its INVITE. */
  responded(response: SipResponse): void;
}
