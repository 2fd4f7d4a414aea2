import type { SipListener } from "./sip_flow.ts";

/** host:port that peers reach a listener by, with brackets around an IPv6 address. */
export function advertisedAddress(listener: SipListener): string {
  const host = listener.advertised ?? listener.hostname;
  return `${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${listener.port}`;
}
