import { bodyLimit } from "hono/body-limit";
import type { MiddlewareHandler } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";

/** Middleware that refuses bodies of more bytes, also without a Content-Length. */
export function limitBody(maxSize: number): MiddlewareHandler {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new AntiphonError("payload_too_large", `Send at most ${maxSize} bytes`, {
        data: { maxBytes: maxSize },
      });
    },
  });
}
