import type { Context } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/**
 * The bearer token of a request (RFC 6750 section 2.1).
 * @throws AntiphonError `unauthenticated` when there is none
 */
export function bearerToken(c: Context): string {
  const token = /^bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
  if (token !== undefined) return token;
  throw new AntiphonError("unauthenticated", "Send Authorization: Bearer and a token", {
    data: { reason: "no_token" },
  });
}
