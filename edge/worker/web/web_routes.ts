import { Hono } from "hono";
import type { Bindings } from "../bindings.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json",
  map: "application/json",
  woff2: "font/woff2",
  png: "image/png",
  ico: "image/x-icon",
};

/** The agent desktop's files. */
export function webRoutes(): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  app.get("/*", async (c) => {
    const { pathname } = new URL(c.req.url);
    const name = pathname === "/" ? "/index.html" : pathname;
    if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(name)) return await c.notFound();
    const file = await c.env.WEB.fetch(`http://web${name}`);
    if (!file.ok) return await c.notFound();
    const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return new Response(file.body as BodyInit, {
      headers: { "content-type": type, "cache-control": "no-cache" },
    });
  });
  return app;
}
