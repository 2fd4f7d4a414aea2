import { createMiddleware } from "hono/factory";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import { publicKeyOf } from "../keys/public_key_of.ts";
import type { Scope } from "../tokens/principal.ts";
import { verifyPartnerToken } from "../tokens/verify_partner_token.ts";
import type { AppEnv } from "./app_env.ts";
import { bearerToken } from "./bearer_token.ts";

/**
 * Middleware that lets a call of the partner API in only with an access token of this scope, and
 * leaves the principal for the handler.
 */
export function partnerAuth(context: ControlPlaneContext, scope: Scope) {
  const own = publicKeyOf(context.key);
  const keys = [
    own,
    ...context.deployment.keys.filter((key) =>
      key.service === own.service && key.jwk.kid !== own.jwk.kid
    ),
  ];
  return createMiddleware<AppEnv>(async (c, next) => {
    const principal = await verifyPartnerToken(bearerToken(c), keys, context.now);
    if (!principal.scopes.has(scope)) {
      throw new AntiphonError("forbidden", `This needs a token with scope ${scope}`, {
        data: { scope },
      });
    }
    c.set("principal", principal);
    await next();
  });
}
