import type { Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { contentSecurityPolicy } from "./content_security_policy.ts";
import { contentType } from "./content_type.ts";

/** `GET` and `HEAD` of the web app's files. Names with a content hash are cached for ever. */
export function webAppRoutes(app: Hono<EdgeHono>): void {
  app.on(["GET", "HEAD"], "/*", async (c) => {
    const { pathname } = new URL(c.req.url);
    const path = pathname === "/" ? "/index.html" : pathname;
    if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(path) || !/\.[a-z0-9]+$/.test(path)) {
      throw notFound();
    }
    const file = await c.env.ASSETS.fetch(new Request(new URL(path, "https://assets/")));
    if (file.status !== 200) {
      await file.body?.cancel();
      throw notFound();
    }
    return await served(c, path, file);
  });
}

async function served(c: EdgeContext, path: string, file: Response): Promise<Response> {
  const modified = file.headers.get("last-modified");
  const headers = new Headers({ "content-type": contentType(path) });
  const hashed = /[.-][A-Z0-9a-f]{8,}\.[a-z0-9]+$/.test(path);
  headers.set("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  if (modified) headers.set("last-modified", modified);
  if (path.endsWith(".html")) {
    const index = await c.var.configuration.current().catch(() => null);
    const policy = contentSecurityPolicy(index?.configuration.pops ?? []);
    headers.set("content-security-policy", policy);
    headers.set("permissions-policy", "microphone=(self), camera=(), geolocation=()");
  }
  const same = modified !== null && c.req.header("if-modified-since") === modified;
  if (same || c.req.method === "HEAD") {
    await file.body?.cancel();
    return new Response(null, { status: same ? 304 : 200, headers });
  }
  return new Response(file.body, { headers });
}

function notFound(): AntiphonError {
  return new AntiphonError("not_found", "There is nothing at this address");
}
