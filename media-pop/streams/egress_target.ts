import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { isPublicAddress } from "../../protocol/egress/is_public_address.ts";

/** Where a PoP may open sockets to. */
export interface StreamEgress {
  /** `host:port` pairs allowed whatever they resolve to, e.g. a bot on the same machine. */
  allow: ReadonlySet<string>;
  /** A name's addresses. */
  resolve: (hostname: string) => Promise<string[]>;
}

/** The one address that was looked at, and no other, is called. */
export interface EgressTarget {
  hostname: string;
  port: number;
  /** An IP address. */
  address: string;
  tls: boolean;
}

/**
 * Decides whether a bot's address may be called (SSRF guard): wss to public addresses only, but for
 * hosts the operator allowed. What it answers is called as it is, so that a name that is resolved
 * anew to something else is of no use.
 * @throws AntiphonError `egress_refused`
 */
export async function egressTarget(text: string, egress: StreamEgress): Promise<EgressTarget> {
  const url = URL.parse(text);
  const tls = url?.protocol === "wss:";
  if (!url || (!tls && url.protocol !== "ws:")) throw refused("Use a wss address");
  if (url.username || url.password) throw refused("Leave credentials out of the address");
  const port = Number(url.port || (tls ? 443 : 80));
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  const allowed = egress.allow.has(`${hostname}:${port}`);
  if (!tls && !allowed) throw refused("Use a wss address");
  const literal = /^[0-9.]+$/.test(hostname) || hostname.includes(":");
  const addresses = literal ? [hostname] : await egress.resolve(hostname).catch((cause) => {
    throw refused("The host's name cannot be resolved", cause);
  });
  if (addresses.length === 0) throw refused("The host's name has no address");
  if (!allowed && !addresses.every(isPublicAddress)) {
    throw refused("Use an address on the public internet");
  }
  return { hostname, port, address: addresses[0], tls };
}

function refused(message: string, cause?: unknown): AntiphonError {
  return new AntiphonError("egress_refused", message, { cause });
}
