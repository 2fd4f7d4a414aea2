import { verifyServiceToken } from "../../../protocol/service_token/verify_service_token.ts";
import { bearerToken } from "./bearer_token.ts";
import type { EdgeContext } from "./context.ts";

/**
 * Verifies the service token of an internal request and returns the caller's name ("cell:E39").
 * @throws AntiphonError `unauthenticated`, `token_expired`
 */
export async function requireService(c: EdgeContext, kinds: readonly string[]): Promise<string> {
  const { configuration } = await c.var.configuration.current();
  return await verifyServiceToken(bearerToken(c.req.raw.headers), {
    keys: configuration.keys,
    audience: `edge:${c.env.EDGE_ID}`,
    kinds,
  });
}
