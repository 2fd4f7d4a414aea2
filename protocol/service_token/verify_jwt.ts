import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { AntiphonError } from "../errors/antiphon_error.ts";
import type { ServiceKey } from "./service_key.ts";

/** What a token must satisfy besides its signature. */
export interface JwtExpectation {
  keys: readonly ServiceKey[];
  audience: string;
  typ: string;
  /** Accepts the issuer, a service name; the signing key must be that service's own. */
  issuer: (service: string) => boolean;
  now: () => number;
}

/**
 * Verifies an ES256 JWT (RFC 7519) against the keys of the platform's services.
 * @throws AntiphonError `token_expired` or `unauthenticated`
 */
export async function verifyJwt(token: string, expected: JwtExpectation): Promise<JWTPayload> {
  try {
    const keySet = createLocalJWKSet({ keys: expected.keys.map((k) => ({ ...k.jwk })) });
    const { payload, protectedHeader } = await jwtVerify(token, keySet, {
      algorithms: ["ES256"],
      audience: expected.audience,
      typ: expected.typ,
      currentDate: new Date(expected.now()),
      clockTolerance: 5,
      requiredClaims: ["exp", "iss"],
    });
    const signer = expected.keys.find((k) => k.jwk.kid === protectedHeader.kid)?.service;
    if (signer === undefined || signer !== payload.iss || !expected.issuer(signer)) {
      throw new AntiphonError("unauthenticated", "Use a token of a service that may call this");
    }
    return payload;
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    if (cause instanceof errors.JWTExpired) {
      throw new AntiphonError("token_expired", "Get a new token and try again", { cause });
    }
    throw new AntiphonError("unauthenticated", "Send a valid bearer token", { cause });
  }
}
