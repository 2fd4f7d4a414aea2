import type { PopAddress } from "../../../protocol/topology/service_addresses.ts";

/**
 * The web app's content security policy: its own files, its own edge and the PoPs' signalling, and
 * nothing inline.
 */
export function contentSecurityPolicy(pops: readonly Pick<PopAddress, "url">[]): string {
  const signalling = pops.map(({ url }) => new URL(url).origin.replace(/^http/, "ws"));
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "manifest-src 'self'",
    `connect-src ${["'self'", ...new Set(signalling)].join(" ")}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
