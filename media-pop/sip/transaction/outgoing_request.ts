import type { HeaderFields } from "../message/header_fields.ts";

/** A request to be sent, without Via, Max-Forwards and Content-Length. */
export interface OutgoingRequest {
  readonly method: string;
  readonly uri: string;
  /** From, To, Call-ID and CSeq must be among them. */
  readonly headers: HeaderFields;
  readonly body?: string;
  /** 70 unless told. */
  readonly maxForwards?: number;
}
