import {
  type VerifiedAccess,
  verifyAccessToken,
} from "../../../protocol/access_token/verify_access_token.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ConfigurationIndex } from "../configuration/configuration_index.ts";

/**
 * Verifies a person's access token, and that the cell that vouches for them runs their tenant.
 * @throws AntiphonError `unauthenticated`, `token_expired`, `forbidden` for a suspended tenant
 */
export async function requireAccess(
  token: string,
  index: ConfigurationIndex,
  now: () => number = Date.now,
): Promise<VerifiedAccess> {
  const access = await verifyAccessToken(token, index.configuration.keys, now);
  const tenant = index.tenant(access.tenant);
  if (tenant?.clusterId !== access.clusterId) {
    throw new AntiphonError("unauthenticated", "Sign in again");
  }
  if (tenant.status !== "active") {
    throw new AntiphonError("forbidden", "The tenant is suspended; ask its provider");
  }
  return access;
}
