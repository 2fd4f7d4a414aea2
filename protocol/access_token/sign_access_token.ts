import { importJWK, SignJWT } from "jose";
import type { PrivateServiceKey } from "../service_token/service_key.ts";
import { ACCESS_TOKEN_AUDIENCE, type AccessTokenClaims } from "./access_token_claims.ts";

/** Signs a person's access token (`at+jwt`, RFC 9068) with the key of the cell that knows them. */
export async function signAccessToken(
  key: PrivateServiceKey,
  claims: AccessTokenClaims,
  now: () => number = Date.now,
): Promise<string> {
  return await new SignJWT({ tenant: claims.tenant, roles: claims.roles })
    .setProtectedHeader({ alg: "ES256", kid: key.jwk.kid, typ: "at+jwt" })
    .setIssuer(key.service).setSubject(claims.sub).setAudience(ACCESS_TOKEN_AUDIENCE)
    .setIssuedAt(Math.floor(now() / 1000)).setExpirationTime(claims.exp)
    .sign(await importJWK(key.jwk, "ES256"));
}
