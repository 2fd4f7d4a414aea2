import { Hono } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";

/** What the PoP's HTTP side shows. */
export interface PopAppOptions {
  health: () => Record<string, unknown>;
  /** Brings gauges up to date before they are rendered. */
  count: () => void;
  counters: Counters;
  softphone: (request: Request) => Response;
  /** Routes of recordings; null where nothing is recorded. */
  recordings: Hono | null;
  log: Logger;
}

/** The PoP's HTTP side: `/health`, `/metrics`, recordings, the softphones' WebSocket. */
export function popApp(options: PopAppOptions): Hono {
  const { health, count, counters, softphone, recordings, log } = options;
  const app = new Hono();
  app.get("/health", (context) => context.json(health()));
  app.get("/metrics", (context) => {
    count();
    return context.text(counters.render(), 200, {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    });
  });
  app.get("/softphone", (context) => {
    if (context.req.header("upgrade")?.toLowerCase() !== "websocket") {
      throw new AntiphonError("invalid_request", "Open a WebSocket here");
    }
    return softphone(context.req.raw);
  });
  if (recordings) app.route("/", recordings);
  app.notFound((context) =>
    problem(new AntiphonError("not_found", "There is nothing here"), context.req.path)
  );
  app.onError((error, context) => {
    if (!(error instanceof AntiphonError)) log.error("http.failed", { error });
    return problem(error, context.req.path);
  });
  return app;
}

function problem(error: unknown, path: string): Response {
  const body = toProblem(error, path);
  return Response.json(body, {
    status: body.status,
    headers: { "content-type": "application/problem+json" },
  });
}
