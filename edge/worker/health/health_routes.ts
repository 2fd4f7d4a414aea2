import type { Hono } from "hono";
import type { EdgeHono } from "../http/context.ts";
import { counters } from "../telemetry/counters.ts";

/**
 * `GET /health`: 200 once the edge has a configuration, 503 before. `GET /metrics`: this isolate's
 * counters in the Prometheus text format.
 */
export function healthRoutes(app: Hono<EdgeHono>): void {
  app.get("/health", async (c) => {
    const service = `edge:${c.env.EDGE_ID}`;
    c.header("cache-control", "no-store");
    try {
      const { version } = await c.var.configuration.current();
      return c.json({ service, status: "ok", configuration: version });
    } catch {
      return c.json({ service, status: "starting", configuration: null }, 503);
    }
  });
  app.get("/metrics", (c) =>
    c.body(counters.render(), 200, {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
      "cache-control": "no-store",
    }));
}
