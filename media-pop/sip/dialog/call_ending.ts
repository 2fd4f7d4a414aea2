import type { ReasonValue } from "../message/reason_header.ts";

/** Why a call is over. */
export interface CallEnding {
  readonly kind:
    /** The caller withdrew before the answer: the peer inbound, we outbound. */
    | "cancelled"
    /** Refused before the answer: by us inbound, by the peer outbound; see `status`. */
    | "rejected"
    /** The peer hung up. */
    | "remote_bye"
    /** We hung up. */
    | "local_bye"
    /** No final answer within the deadline. */
    | "no_answer"
    /** Our answer was never acknowledged. */
    | "no_ack"
    /** The call's deadline passed. */
    | "deadline"
    /** The peer does not know the call any more, or cannot be reached. */
    | "failed";
  /** The SIP status that ended it, where one did. */
  readonly status?: number;
  readonly reason?: string;
  /** Reason values of the peer (RFC 3326). */
  readonly reasons: readonly ReasonValue[];
}
