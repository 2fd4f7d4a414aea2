import type { Hono } from "hono";
import { bearerToken } from "../http/bearer_token.ts";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { readBody } from "../http/read_body.ts";
import { requireAccess } from "../http/require_access.ts";
import { watchedStream } from "./watched_stream.ts";

/** Parts of the tenant's API, each with all that lies below it. */
const PARTS = [
  "/v1/interactions",
  "/v1/queues",
  "/v1/recordings",
  "/v1/configuration",
  "/v1/flows",
  "/v1/prompts",
  "/v1/cluster",
];
/** The API's own description, an OpenAPI document. */
const DESCRIPTION = "/v1/openapi.json";
/** Audio comes as fast as it goes: its time is that of the whole body. */
const AUDIO = /^\/v1\/(recordings|prompts)\/[^/]+\/audio$/;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
/** Headers of a request that the cell sees, and of its answer that go on to the person. */
const ASKED = [
  ...["accept", "content-type", "if-match", "if-none-match"],
  ...["idempotency-key", "last-event-id", "range"],
];
const ANSWERED = [
  ...["content-type", "content-length", "content-range", "accept-ranges"],
  ...["etag", "location", "retry-after"],
];
/** Bodies larger than this are refused, in bytes: a whole tenant's configuration fits. */
const BODY_LIMIT = 32 << 20;
/** What goes on for as long as it likes: server-sent events. */
const STREAMS = /^\/v1\/interactions\/[^/]+\/trace\/stream$/;
const WATCH = {
  now: () => Date.now(),
  timer: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
/** Answers that have no body (RFC 9110 section 15). */
const BODILESS = new Set([204, 304]);

/**
 * The tenant's API: what a signed-in person asks of their tenant's cell goes there with their own
 * token, which says which tenant that is. The cell decides what they may do.
 */
export function tenantApiRoutes(app: Hono<EdgeHono>): void {
  app.get(DESCRIPTION, relay);
  for (const part of PARTS) {
    app.on([...METHODS], part, relay);
    app.on([...METHODS], `${part}/*`, relay);
  }
}

async function relay(c: EdgeContext): Promise<Response> {
  const token = bearerToken(c.req.raw.headers);
  const index = await c.var.configuration.current();
  const access = await requireAccess(token, index);
  const method = c.req.method as (typeof METHODS)[number];
  const reads = method === "GET";
  const { pathname, search } = new URL(c.req.url);
  const body = reads ? undefined : await readBody(c.req.raw, BODY_LIMIT);
  const streams = STREAMS.test(pathname);
  const cluster = index.clusterOf(access.tenant);
  const { clusters } = c.var;
  const answer = await clusters.call(cluster, {
    method,
    path: pathname === DESCRIPTION ? "/openapi.json" : pathname + search,
    headers: {
      ...picked(c.req.raw.headers, ASKED),
      authorization: `Bearer ${token}`,
      "x-request-id": c.var.requestId,
    },
    ...(body && body.length > 0 ? { body } : {}),
    once: !reads,
    streams,
    timeoutMs: AUDIO.test(pathname) ? 300_000 : reads ? 10_000 : 30_000,
  });
  const from = clusters.addressOf(cluster);
  const stale = () => clusters.addressOf(cluster) !== from;
  const content = BODILESS.has(answer.status) ? null : answer.body;
  return new Response(streams && content ? watchedStream(content, { ...WATCH, stale }) : content, {
    status: answer.status,
    headers: { "cache-control": "no-store, no-transform", ...picked(answer.headers, ANSWERED) },
  });
}

function picked(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  }));
}
