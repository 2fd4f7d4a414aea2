import { createMiddleware } from "hono/factory";
import type { Role } from "../../protocol/access_token/access_token_claims.ts";
import type { Cell } from "../cell/cell.ts";
import type { ApiEnv } from "./api_routes.ts";
import { tenantAccess } from "./tenant_access.ts";

/**
 * Middleware that lets a signed-in person in before anything of the request is read, and leaves
 * their tenant's machine for the handler.
 *
 * @param roles Roles of which they need one; everybody without.
 */
export function personAuth(cell: Cell, roles?: readonly Role[]) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const { runner, personId, roles: held } = await tenantAccess(cell, c, roles);
    c.set("runner", runner);
    c.set("personId", personId);
    c.set("roles", held);
    await next();
  });
}
