import type { Context } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * The bearer token of a request (RFC 6750 section 2.1).
 * @throws AntiphonError `unauthenticated` when there is none
 */
export function bearer(c: Context): string {
  const match = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(c.req.header("authorization") ?? "");
  if (!match) throw new AntiphonError("unauthenticated", "Send a bearer token");
  return match[1];
}
