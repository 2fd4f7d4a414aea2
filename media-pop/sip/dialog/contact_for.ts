import { advertisedAddress } from "../transport/advertised_address.ts";
import type { SipListener } from "../transport/sip_flow.ts";

/** The Contact value by which peers reach this user agent at a listener. */
export function contactFor(listener: SipListener): string {
  const transport = listener.transport === "tcp" ? ";transport=tcp" : "";
  return `<sip:${advertisedAddress(listener)}${transport}>`;
}
