import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";
import type { Directory } from "../configuration/directory.ts";

/**
 * Lets the cell in that runs a tenant, by a service token for this PoP.
 * @throws AntiphonError `token_expired`, `unauthenticated`, or `forbidden` for another cell
 */
export async function authenticateCell(
  token: string,
  tenantId: string,
  directory: Directory,
  now: () => number,
): Promise<void> {
  const { keys, pop } = directory.configuration;
  const audience = `pop:${pop.id}`;
  const service = await verifyServiceToken(token, { keys, audience, kinds: ["cell"], now });
  const clusterId = directory.tenant(tenantId)?.clusterId;
  if (clusterId === undefined || service !== `cell:${clusterId}`) {
    throw new AntiphonError("forbidden", "Another cell runs this tenant");
  }
}
