import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

/** What a stream's token says. */
export interface StreamClaims {
  iss: string;
  aud: string;
  /** The interaction. */
  sub: string;
  /** The stream's id, as in `start.streamSid`. */
  jti: string;
  tenant: string;
  exp: number;
  iat: number;
}

/**
 * The claims of a stream's Authorization header, a JSON Web Token signed with HMAC-SHA256
 * (RFC 7519, RFC 7515), or null when it is not the platform's, is over, or is for another address.
 *
 * @param secret "whsec_" and base64
 * @param now seconds since 1970
 */
export function verifyToken(
  secret: string,
  authorization: string | null,
  audience: string,
  now: number,
): StreamClaims | null {
  const parts = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? "");
  if (!parts) return null;
  const [, header, payload, signature] = parts;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const expected = createHmac("sha256", key).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
  if (read(header).alg !== "HS256") return null;
  const claims: StreamClaims = read(payload);
  return claims.exp > now && claims.aud === audience ? claims : null;
}
