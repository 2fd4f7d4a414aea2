import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * The bearer token of a request (RFC 6750 section 2.1).
 * @throws AntiphonError `unauthenticated`
 */
export function bearerToken(request: Request): string {
  const header = request.headers.get("authorization") ?? "";
  const match = /^Bearer ([A-Za-z0-9._~+/-]{1,4096}=*)$/i.exec(header);
  if (!match) throw new AntiphonError("unauthenticated", "Send a bearer token");
  return match[1];
}
