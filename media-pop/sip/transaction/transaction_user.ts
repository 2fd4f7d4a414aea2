import type { HeaderFields } from "../message/header_fields.ts";
import type { SipRequest } from "../message/sip_request.ts";
import type { SipResponse } from "../message/sip_response.ts";
import type { SipFlow } from "../transport/sip_flow.ts";
import type { ServerTransaction } from "./server_transaction.ts";

/** What becomes of a request before anything is kept for it. */
export type Admission =
  | "admit"
  /** No answer at all. */
  | "drop"
  /** Answered without keeping state. */
  | { readonly status: number; readonly reason?: string; readonly headers?: HeaderFields };

/** The layer above the transactions. */
export interface TransactionUser {
  /** Asked for each request that belongs to no transaction yet, ACK excepted. */
  admit(request: SipRequest, flow: SipFlow): Admission;
  /** A new request, to be answered. Not called for ACK and CANCEL. */
  onRequest(transaction: ServerTransaction): void;
  /** An ACK of its own branch: that of a 2xx. */
  onAck(ack: SipRequest): void;
  /** A response that no transaction waits for, such as a late 2xx. */
  onStrayResponse(response: SipResponse, flow: SipFlow): void;
}
