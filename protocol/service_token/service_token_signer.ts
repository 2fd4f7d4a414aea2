import { importJWK, SignJWT } from "jose";
import type { PrivateServiceKey } from "./service_key.ts";

/** How long a service token is good for, in seconds. */
const LIFETIME = 60;

/**
 * Returns a function that gives a bearer token for calls to one audience ("cell:E39"). A token is
 * an ES256 JWT good for 60 seconds and is reused for the first half of that.
 */
export function serviceTokenSigner(
  key: PrivateServiceKey,
  now: () => number = Date.now,
): (audience: string) => Promise<string> {
  const imported = importJWK(key.jwk, "ES256");
  const kept = new Map<string, { token: string; until: number }>();
  return async (audience) => {
    const at = Math.floor(now() / 1000);
    const known = kept.get(audience);
    if (known && known.until > at) return known.token;
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: "ES256", kid: key.jwk.kid, typ: "service+jwt" })
      .setIssuer(key.service).setAudience(audience).setIssuedAt(at)
      .setExpirationTime(at + LIFETIME)
      .sign(await imported);
    kept.set(audience, { token, until: at + LIFETIME / 2 });
    return token;
  };
}
