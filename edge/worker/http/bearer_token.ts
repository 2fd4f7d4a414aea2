import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

const LONGEST = 4096;

/**
 * The bearer token of a request (RFC 6750 section 2.1).
 * @throws AntiphonError `unauthenticated`
 */
export function bearerToken(headers: Headers): string {
  const match = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(headers.get("authorization") ?? "");
  if (!match || match[1].length > LONGEST) {
    throw new AntiphonError("unauthenticated", "Send Authorization: Bearer and a token");
  }
  return match[1];
}
