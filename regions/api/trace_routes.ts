import { z } from "zod";
import type { Context } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import type { Cell } from "../cell/cell.ts";
import { readTrace } from "../flows/trace/read_trace.ts";
import { showTrace } from "../flows/trace/show_trace.ts";
import { TRACE_START, TraceCursor } from "../flows/trace/trace_cursor.ts";
import { traceStream } from "../flows/trace/trace_stream.ts";
import { type ApiRoutes, apiRoutes } from "./api_routes.ts";
import { tenantAccess } from "./tenant_access.ts";
import { tracePaths } from "./trace_paths.ts";

const VIEWERS = ["supervisor", "admin"] as const;
/** Streams of one tenant at a time. */
const STREAMS = 20;
/** The text of a cursor stands in the document; what is made of it does not. */
const Query = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().optional().meta({ description: "`next` of the page before" }),
});

/** `/v1/interactions/{id}/trace`: what the steps of an interaction's flow did. */
export function traceRoutes(cell: Cell): ApiRoutes {
  const app = apiRoutes();
  tracePaths(app, Query);
  const { db, timer, counters, log } = cell.options;

  /** Who looks, at what. @throws AntiphonError `not_found` besides those of access */
  async function looked(c: Context) {
    const { runner, roles } = await tenantAccess(cell, c, VIEWERS);
    const { tenantId } = runner.ports;
    const id = Uuid.safeParse(c.req.param("id"));
    const interactionId = id.success ? id.data : null;
    const ended = async () => {
      if (interactionId === null || runner.state.interactions.has(interactionId)) return false;
      const row = await db.selectFrom("cell.interactions").select("id")
        .where("id", "=", interactionId).where("tenant_id", "=", tenantId).executeTakeFirst();
      return row !== undefined;
    };
    const live = interactionId !== null && runner.state.interactions.has(interactionId);
    if (interactionId === null || (!live && !await ended())) {
      throw new AntiphonError("not_found", "There is no such interaction in this tenant");
    }
    return { tenantId, interactionId, ended, admin: roles.includes("admin") };
  }

  app.get("/interactions/:id/trace", async (c) => {
    const { tenantId, interactionId, admin } = await looked(c);
    const { limit, after } = Query.parse(c.req.query());
    const page = { tenantId, interactionId, limit, after: cursorOf(after) };
    const items = (await readTrace(db, page)).map((item) => showTrace(item, { admin }));
    return c.json({ items, next: items.length < limit ? null : items.at(-1)!.id });
  });

  app.get("/interactions/:id/trace/stream", async (c) => {
    const { tenantId, interactionId, ended, admin } = await looked(c);
    const from = cursorOf(c.req.header("last-event-id"));
    if (cell.traces.count(tenantId) >= STREAMS) {
      throw new AntiphonError(
        "too_many_requests",
        `${STREAMS} traces are followed at a time at most`,
        {
          data: { retryAfter: 10 },
        },
      );
    }
    const stream = traceStream({
      read: (after, limit) => readTrace(db, { tenantId, interactionId, after, limit }),
      show: (item) => showTrace(item, { admin }),
      ended,
      follow: (more) => cell.traces.follow(tenantId, interactionId, more),
      timer,
      closed: (why) => {
        counters.add("antiphon_trace_streams_total", { why });
        log.debug("trace.stream-closed", { tenantId, interactionId, why });
      },
    }, from);
    return c.body(stream, 200, {
      "content-type": "text/event-stream",
      // Events go out one by one: nothing on the way may gather or compress them.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
  });
  return app;
}

/** @throws ZodError naming `after` for what is no id of an item */
function cursorOf(text: string | undefined): TraceCursor {
  return text === undefined
    ? TRACE_START
    : z.object({ after: TraceCursor }).parse({ after: text }).after;
}
