import { AntiphonError } from "../errors/antiphon_error.ts";
import type { ServiceKey } from "../service_token/service_key.ts";
import { verifyJwt } from "../service_token/verify_jwt.ts";
import { ACCESS_TOKEN_AUDIENCE, AccessTokenClaims } from "./access_token_claims.ts";

/** A verified person and the cell that vouches for them. */
export interface VerifiedAccess extends AccessTokenClaims {
  /** The cluster whose cell signed. Callers check that it runs the tenant. */
  clusterId: string;
}

/**
 * Verifies a person's access token.
 * @throws AntiphonError `token_expired` or `unauthenticated`
 */
export async function verifyAccessToken(
  token: string,
  keys: readonly ServiceKey[],
  now: () => number = Date.now,
): Promise<VerifiedAccess> {
  const payload = await verifyJwt(token, {
    keys,
    audience: ACCESS_TOKEN_AUDIENCE,
    typ: "at+jwt",
    issuer: (service) => service.startsWith("cell:"),
    now,
  });
  const claims = AccessTokenClaims.safeParse(payload);
  if (!claims.success) {
    throw new AntiphonError("unauthenticated", "Sign in again", { cause: claims.error });
  }
  return { ...claims.data, clusterId: (payload.iss as string).slice("cell:".length) };
}
