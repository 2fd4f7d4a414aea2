import type { Context } from "hono";
import type { AppEnv } from "../http/app_env.ts";
import { canonicalJson } from "../secrets/canonical_json.ts";
import type { Sealer } from "../secrets/sealer.ts";
import type { ChangeRequest } from "./change.ts";

/**
 * What a POST asks for, as `applyChange` needs it.
 *
 * @param body The parsed body; together with method and path it is what a key stands for.
 */
export function changeRequest(
  c: Context<AppEnv>,
  sealer: Sealer,
  body: unknown,
): ChangeRequest {
  const key = c.req.header("idempotency-key");
  return {
    principal: c.get("principal"),
    requestId: c.get("requestId"),
    idempotency: key === undefined
      ? null
      : { key, fingerprint: sealer.fingerprint(canonicalJson([c.req.method, c.req.path, body])) },
  };
}
