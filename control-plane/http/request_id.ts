import { createMiddleware } from "hono/factory";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "./app_env.ts";

/**
 * Middleware that gives each request an id, answered as `X-Request-Id` and named by problems, the
 * log and the audit; and counts and logs how each request ended.
 */
export function requestId({ newId, now, counters, log }: ControlPlaneContext) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const id = newId();
    const began = now();
    c.set("requestId", id);
    c.header("x-request-id", id);
    await next();
    const { method } = c.req;
    // The pattern, never the path: a path holds ids and numbers.
    const route = c.req.routePath === "*" || c.req.routePath === "/*" ? "none" : c.req.routePath;
    const { status } = c.res;
    counters.add("antiphon_http_requests_total", { method, route, status: String(status) });
    log.debug("request.answered", { requestId: id, method, route, status, ms: now() - began });
  });
}
