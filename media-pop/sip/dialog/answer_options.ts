import type { HeaderFields } from "../message/header_fields.ts";
import type { ReasonValue } from "../message/reason_header.ts";

/** What a request or response may carry besides what the protocol demands. */
export interface AnswerOptions {
  /** Reason phrase, the usual one if left out. */
  readonly phrase?: string;
  readonly headers?: HeaderFields;
  /** Reason values to send (RFC 3326). */
  readonly reasons?: readonly ReasonValue[];
}
