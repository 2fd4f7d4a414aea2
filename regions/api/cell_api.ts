import { HTTPException } from "hono/http-exception";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { Cell } from "../cell/cell.ts";
import { fieldsInvalid } from "../configuration/fields_invalid.ts";
import { answerWhileActive } from "./answer_while_active.ts";
import { type ApiRoutes, apiRoutes } from "./api_routes.ts";
import { clusterRoutes } from "./cluster_routes.ts";
import { configurationRoutes } from "./configuration_routes.ts";
import { entityRoutes } from "./entity_routes.ts";
import { flowDraftRoutes } from "./flows/flow_draft_routes.ts";
import { flowRoutes } from "./flows/flow_routes.ts";
import { flowVersionRoutes } from "./flows/flow_version_routes.ts";
import { interactionRoutes } from "./interaction_routes.ts";
import { queueRoutes } from "./queue_routes.ts";
import { recordingRoutes } from "./recording_routes.ts";
import { internalRoutes } from "./internal_routes.ts";
import { limitBody } from "./limit_body.ts";
import { openApiRoutes } from "./open_api_routes.ts";
import { sealKeyRoutes } from "./seal_key_routes.ts";
import { promptRoutes } from "./prompt_routes.ts";
import { traceRoutes } from "./trace_routes.ts";
import { simulationRoutes } from "./simulation_routes.ts";
import { settingsRoutes } from "./settings_routes.ts";

/** Bodies larger than this are refused, in bytes: a whole tenant's configuration fits. */
const BODY_LIMIT = 32 << 20;

/** The cell's HTTP interface. */
export function cellApi(cell: Cell): ApiRoutes {
  const { log, clusterId, epoch, counters } = cell.options;
  const app = apiRoutes();
  app.use(answerWhileActive(cell));
  app.use(limitBody(BODY_LIMIT));
  app.onError((thrown, c) => {
    const error = fromHttpException(thrown);
    const problem = toProblem(error, c.req.path);
    if (problem.status >= 500) log.error("api.failed", { path: c.req.routePath, error });
    return c.body(JSON.stringify(problem), problem.status as 500, {
      "content-type": "application/problem+json",
      ...(typeof problem.data?.etag === "string" ? { etag: problem.data.etag } : {}),
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
      active: cell.options.lease.held,
      phase: cell.draining ? "draining" : "active",
      epoch,
      pops: cell.popLinks.connected,
    }));
  app.get("/metrics", (c) => c.text(counters.render()));
  app.route("/internal", internalRoutes(cell));
  app.route("/v1", interactionRoutes(cell));
  app.route("/v1", traceRoutes(cell));
  app.route("/v1", simulationRoutes(cell));
  app.route("/v1", queueRoutes(cell));
  app.route("/v1", clusterRoutes(cell));
  app.route("/v1", recordingRoutes(cell));
  const configuration = apiRoutes();
  configurationRoutes(configuration, cell);
  settingsRoutes(configuration, cell);
  sealKeyRoutes(configuration, cell);
  entityRoutes(configuration, cell);
  flowRoutes(configuration, cell);
  flowDraftRoutes(configuration, cell);
  flowVersionRoutes(configuration, cell);
  app.route("/v1", configuration);
  const prompts = apiRoutes();
  promptRoutes(prompts, cell);
  app.route("/v1", prompts);
  openApiRoutes(app);
  return app;
}

/** The validators of bodies throw these for what is no JSON, or not said to be. */
function fromHttpException(error: unknown): unknown {
  if (!(error instanceof HTTPException)) return error;
  if (error.status === 400) {
    return new AntiphonError("malformed_json", "Send a JSON body", { cause: error });
  }
  if (error.status === 415) {
    return fieldsInvalid([{ path: "Content-Type", message: "Send application/json" }]);
  }
  return error;
}
