import { importJWK, SignJWT } from "jose";
import type { PrivateServiceKey } from "../../protocol/service_token/service_key.ts";
import type { Principal } from "./principal.ts";

/** The audience of the partner API's access tokens. */
export const PARTNER_API_AUDIENCE = "antiphon-partner-api";

/** How long an access token is good for, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

/** Signs an access token for a client (`at+jwt`, RFC 9068), ES256, good for 15 minutes. */
export async function issueAccessToken(
  key: PrivateServiceKey,
  principal: Principal,
  id: string,
  now: () => number,
): Promise<string> {
  const at = Math.floor(now() / 1000);
  const { clientId, partnerId, scopes } = principal;
  return await new SignJWT({
    client_id: clientId,
    scope: [...scopes].join(" "),
    ...(partnerId === null ? {} : { partner: partnerId }),
  })
    .setProtectedHeader({ alg: "ES256", kid: key.jwk.kid, typ: "at+jwt" })
    .setIssuer(key.service).setSubject(clientId).setAudience(PARTNER_API_AUDIENCE)
    .setIssuedAt(at).setExpirationTime(at + ACCESS_TOKEN_SECONDS).setJti(id)
    .sign(await importJWK(key.jwk, "ES256"));
}
