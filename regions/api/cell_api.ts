import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { Cell } from "../cell/cell.ts";
import { interactionRoutes } from "./interaction_routes.ts";
import { queueRoutes } from "./queue_routes.ts";
import { internalRoutes } from "./internal_routes.ts";

/** Bodies larger than this are refused, in bytes: a whole tenant's configuration fits. */
const BODY_LIMIT = 32 << 20;

/** The cell's HTTP interface. */
export function cellApi(cell: Cell): Hono {
  const { log, clusterId, epoch, counters } = cell.options;
  const app = new Hono();
  app.use(bodyLimit({
    maxSize: BODY_LIMIT,
    onError: () => {
      throw new AntiphonError("payload_too_large", "Send a smaller body");
    },
  }));
  app.onError((error, c) => {
    const problem = toProblem(error, c.req.path);
    if (problem.status >= 500) log.error("api.failed", { path: c.req.routePath, error });
    return c.body(JSON.stringify(problem), problem.status as 500, {
      "content-type": "application/problem+json",
    });
  });
  app.notFound((c) => {
    const problem = toProblem(new AntiphonError("not_found", "There is no such resource"));
    return c.body(JSON.stringify(problem), 404, { "content-type": "application/problem+json" });
  });
  app.get("/health", (c) =>
    c.json({
      service: `cell:${clusterId}`,
      status: "ok",
      active: true,
      epoch,
      pops: cell.popLinks.connected,
    }));
  app.get("/metrics", (c) => c.text(counters.render()));
  app.route("/internal", internalRoutes(cell));
  app.route("/v1", interactionRoutes(cell));
  app.route("/v1", queueRoutes(cell));
  return app;
}
