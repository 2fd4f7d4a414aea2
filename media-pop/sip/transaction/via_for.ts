import { advertisedAddress } from "../transport/advertised_address.ts";
import type { SipListener } from "../transport/sip_flow.ts";

/** The Via of a request that leaves by a listener, asking for rport (RFC 3581). */
export function viaFor(listener: SipListener, token: string): string {
  const transport = listener.transport.toUpperCase();
  return `SIP/2.0/${transport} ${advertisedAddress(listener)};rport;branch=z9hG4bK${token}`;
}
