import { SipMessage } from "./sip_message.ts";

/** A received response (RFC 3261 section 7.2). */
export class SipResponse extends SipMessage {
  constructor(readonly status: number, readonly reason: string) {
    super();
  }
}
