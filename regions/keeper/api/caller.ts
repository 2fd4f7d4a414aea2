import type { Context } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { ServiceKey } from "../../../protocol/service_token/service_key.ts";
import { verifyServiceToken } from "../../../protocol/service_token/verify_service_token.ts";
import { bearer } from "../../api/bearer.ts";

/** How long a token that was verified is taken without doing so again, in milliseconds. */
const KEPT_MS = 5000;
const MAX_KEPT = 200;

/** Says who calls, if its kind may. @throws AntiphonError `unauthenticated`, `token_expired` */
export type Caller = (c: Context, kinds: readonly string[]) => Promise<string>;

/** Verifies callers' tokens. Keepers and cells ask several times a second with the same ones. */
export function caller(
  audience: string,
  keys: readonly ServiceKey[],
  now: () => number,
): Caller {
  const kept = new Map<string, { service: string; until: number }>();
  const all = [...new Set(keys.map(({ service }) => service.split(":")[0]))];
  const verified = async (token: string): Promise<string> => {
    const known = kept.get(token);
    if (known && now() < known.until) return known.service;
    const service = await verifyServiceToken(token, { keys, audience, kinds: all });
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(token, { service, until: now() + KEPT_MS });
    return service;
  };
  return async (c, kinds) => {
    const service = await verified(bearer(c));
    if (kinds.includes(service.split(":")[0])) return service;
    throw new AntiphonError("forbidden", `This is not for ${service}`);
  };
}
