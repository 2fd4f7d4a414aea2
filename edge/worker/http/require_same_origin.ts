import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";

/**
 * Refuses a browser's request that another site made. Programs send no Origin and pass. Only hosts
 * are compared: behind a proxy that ends TLS the scheme differs.
 * @throws AntiphonError `forbidden`
 */
export function requireSameOrigin(request: Request): void {
  const origin = request.headers.get("origin");
  if (origin === null) return;
  if (URL.canParse(origin) && new URL(origin).host === new URL(request.url).host) return;
  throw new AntiphonError("forbidden", "Call this from the edge's own web app");
}
