import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { isPublicAddress } from "./is_public_address.ts";

/** What {@linkcode checkEgress} needs. */
export interface EgressPolicy {
  /** `host:port` pairs allowed whatever they resolve to, e.g. a stand-in on the same machine. */
  allow: ReadonlySet<string>;
  resolve: (hostname: string) => Promise<string[]>;
  /** PEM certificates that allowed hosts are trusted by, instead of the usual roots. */
  ca?: readonly string[];
}

/**
 * Decides whether the cell may call a URL that a tenant has set: https to public addresses only
 * (SSRF guard), except for hosts the operator allowed.
 *
 * @returns The addresses that were checked: whoever connects to one of them, and asks for none
 * again, cannot be led elsewhere by a name that changes meanwhile. Null for an allowed host.
 * @throws AntiphonError `egress_refused`
 */
export async function checkEgress(
  url: URL,
  policy: EgressPolicy,
): Promise<readonly string[] | null> {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  if (policy.allow.has(`${hostname}:${port}`)) return null;
  if (url.protocol !== "https:") throw refused(url, "Use an https address");
  if (url.username || url.password) throw refused(url, "Leave credentials out of the address");
  const literal = /^[0-9.]+$/.test(hostname) || hostname.includes(":");
  const addresses = literal ? [hostname] : await policy.resolve(hostname).catch((cause) => {
    throw new AntiphonError("egress_refused", `Cannot resolve ${hostname}`, { cause });
  });
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    throw refused(url, "Use an address on the public internet");
  }
  return addresses;
}

function refused(url: URL, message: string): AntiphonError {
  return new AntiphonError("egress_refused", message, { data: { host: url.host } });
}
