import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import type { ServiceKey } from "../../protocol/service_token/service_key.ts";
import { verifyJwt } from "../../protocol/service_token/verify_jwt.ts";
import { PARTNER_API_AUDIENCE } from "./issue_access_token.ts";
import { type Principal, type Scope, SCOPES } from "./principal.ts";

const Claims = z.object({ client_id: z.string(), scope: z.string(), partner: Uuid.optional() });

/**
 * Verifies an access token of the partner API and says who calls.
 *
 * @param keys The control plane's public keys.
 * @throws AntiphonError `token_expired` or `unauthenticated`
 */
export async function verifyPartnerToken(
  token: string,
  keys: readonly ServiceKey[],
  now: () => number,
): Promise<Principal> {
  const payload = await verifyJwt(token, {
    keys,
    audience: PARTNER_API_AUDIENCE,
    typ: "at+jwt",
    issuer: (service) => service === "control-plane",
    now,
  });
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw new AntiphonError("unauthenticated", "Get a new token");
  const { client_id: clientId, scope, partner } = claims.data;
  const scopes = new Set(scope.split(" ").filter((name): name is Scope => name in SCOPES));
  return partner === undefined
    ? { kind: "operator", clientId, partnerId: null, scopes }
    : { kind: "partner", clientId, partnerId: partner, scopes };
}
