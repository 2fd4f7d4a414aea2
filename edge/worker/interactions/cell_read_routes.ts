import type { Hono } from "hono";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { bearerToken } from "../http/bearer_token.ts";
import { requireAccess } from "../http/require_access.ts";

/** Headers of the cell's answer that go on to the person. */
const HEADERS = ["content-type", "content-length", "etag"];

/**
 * `GET /v1/interactions`, `/v1/interactions/{id}` and `/v1/queues`: read at the person's tenant's
 * cell, with the person's own token.
 */
export function cellReadRoutes(app: Hono<EdgeHono>): void {
  for (const path of ["/v1/interactions", "/v1/interactions/:id", "/v1/queues"]) {
    app.get(path, passThrough);
  }
}

async function passThrough(c: EdgeContext): Promise<Response> {
  const token = bearerToken(c.req.raw.headers);
  const index = await c.var.configuration.current();
  const access = await requireAccess(token, index);
  const { pathname, search } = new URL(c.req.url);
  const answer = await c.var.clusters.call(index.clusterOf(access.tenant), {
    method: "GET",
    path: pathname + search,
    headers: { authorization: `Bearer ${token}`, "x-request-id": c.var.requestId },
    timeoutMs: 10_000,
  });
  const headers = new Headers({ "cache-control": "no-store" });
  for (const name of HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}
