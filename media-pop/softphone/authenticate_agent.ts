import {
  type VerifiedAccess,
  verifyAccessToken,
} from "../../protocol/access_token/verify_access_token.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Directory } from "../configuration/directory.ts";

/**
 * Verifies an agent's access token: signed by the cell that runs the token's tenant, and the
 * tenant active.
 * @throws AntiphonError `unauthenticated`, `token_expired` or `forbidden`
 */
export async function authenticateAgent(
  accessToken: string,
  directory: Directory,
  now: () => number,
): Promise<VerifiedAccess> {
  const access = await verifyAccessToken(accessToken, directory.configuration.keys, now);
  const tenant = directory.tenant(access.tenant);
  if (!tenant || tenant.clusterId !== access.clusterId) {
    throw new AntiphonError("unauthenticated", "Sign in again where your tenant is served");
  }
  if (tenant.status !== "active") {
    throw new AntiphonError("forbidden", "The tenant is suspended; ask its administrator");
  }
  return access;
}
