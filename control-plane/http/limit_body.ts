import { bodyLimit } from "hono/body-limit";
import type { MiddlewareHandler } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { AppEnv } from "./app_env.ts";

/** Largest bodies in bytes: a tenant's whole configuration, and anything else. */
const CONFIGURATION_BYTES = 32 << 20;
const OTHER_BYTES = 256 << 10;

/** Middleware that refuses bodies that are too large, also without a Content-Length. */
export function limitBody(): MiddlewareHandler<AppEnv> {
  const limit = (maxSize: number) =>
    bodyLimit({
      maxSize,
      onError: () => {
        throw new AntiphonError("payload_too_large", `Send at most ${maxSize} bytes`, {
          data: { maxBytes: maxSize },
        });
      },
    });
  const large = limit(CONFIGURATION_BYTES);
  const small = limit(OTHER_BYTES);
  return (c, next) =>
    /^\/v1\/tenants\/[^/]+\/configuration$/.test(c.req.path) ? large(c, next) : small(c, next);
}
