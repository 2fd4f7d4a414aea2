import { formatVia } from "./format_via.ts";
import type { SipRequest } from "./sip_request.ts";
import { splitList } from "./split_list.ts";

/**
 * Notes in a request's topmost Via where it really came from: `received` (RFC 3261 section
 * 18.2.1) and, if asked for, `rport` (RFC 3581 section 4).
 */
export function stampVia(request: SipRequest, address: string, port: number): void {
  const via = request.via;
  const asked = via.params.has("rport");
  if (!asked && via.host === address && !via.params.has("received")) return;
  const changed: Record<string, string> = { received: address };
  if (asked) changed.rport = String(port);
  const [, ...others] = splitList(request.get("via") ?? "");
  request.replaceFirst("via", [formatVia(via, changed), ...others].join(", "));
}
