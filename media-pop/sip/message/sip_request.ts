import { SipMessage } from "./sip_message.ts";

/** A received request (RFC 3261 section 7.1). */
export class SipRequest extends SipMessage {
  constructor(readonly method: string, readonly uri: string) {
    super();
  }
}
