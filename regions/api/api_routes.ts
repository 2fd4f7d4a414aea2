import { OpenAPIHono } from "@hono/zod-openapi";
import type { Role } from "../../protocol/access_token/access_token_claims.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";

/** What middleware leaves for handlers. */
export interface ApiEnv {
  Variables: {
    /** The machine of the person's tenant, behind `personAuth`. */
    runner: TenantRunner;
    personId: string;
    roles: readonly Role[];
  };
}

/** Routes with their schemas. */
export type ApiRoutes = OpenAPIHono<ApiEnv>;

/** How a route says that it needs a signed-in person's token. */
export const SIGNED_IN: Record<string, string[]>[] = [{ person: [] }];

/** An empty set of routes. What does not fit a route's schema is thrown as its ZodError. */
export function apiRoutes(): ApiRoutes {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw result.error;
    },
  });
}
