import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app_env.ts";

/** Middleware with the headers that an API and its one static page need. */
export const securityHeaders = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  c.header("x-content-type-options", "nosniff");
  c.header("x-frame-options", "DENY");
  c.header("referrer-policy", "no-referrer");
  c.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
});
