import type { Context } from "hono";
import type { Role } from "../../protocol/access_token/access_token_claims.ts";
import { verifyAccessToken } from "../../protocol/access_token/verify_access_token.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { Cell } from "../cell/cell.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { bearer } from "./bearer.ts";

/** Who asks, and the machine of their tenant. */
export interface TenantAccess {
  runner: TenantRunner;
  personId: string;
  roles: readonly Role[];
}

/**
 * Lets a signed-in person in to their own tenant; the token alone says which that is.
 *
 * @param roles Roles of which they need one; everybody without.
 * @throws AntiphonError `unauthenticated`, `token_expired`, `forbidden`, or `not_active`
 */
export async function tenantAccess(
  cell: Cell,
  c: Context,
  roles?: readonly Role[],
): Promise<TenantAccess> {
  const { placement, tenants, options } = cell;
  const access = await verifyAccessToken(bearer(c), placement.current.keys, options.now);
  const runner = access.clusterId === options.clusterId ? await tenants.get(access.tenant) : null;
  if (!runner) throw new AntiphonError("not_active", "Another cluster runs this tenant");
  if (roles && !roles.some((role) => access.roles.includes(role))) {
    throw new AntiphonError("forbidden", `Ask someone who is ${roles.join(" or ")}`, {
      data: { roles: [...roles] },
    });
  }
  return { runner, personId: access.sub, roles: access.roles };
}
