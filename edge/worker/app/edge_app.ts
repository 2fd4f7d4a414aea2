import { Hono } from "hono";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { sessionRoutes } from "../agent_sessions/session_routes.ts";
import type { Bindings } from "../bindings.ts";
import { passThroughRoutes } from "../cells/pass_through_routes.ts";
import { readConfiguration } from "../configuration/read_configuration.ts";
import { signOnRoutes } from "../sign_on/sign_on_routes.ts";
import { webRoutes } from "../web/web_routes.ts";
import { webhookRoutes } from "../webhooks/webhook_routes.ts";
import { answerProblem } from "./answer_problem.ts";
import { log } from "./log.ts";
import { openapiDocument } from "./openapi_document.ts";

/** The edge's HTTP interface. */
export function edgeApp(): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  app.use(requestId());
  app.use(secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      connectSrc: ["'self'", "ws:", "wss:"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      mediaSrc: ["'self'", "blob:", "mediastream:"],
      imgSrc: ["'self'", "data:"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    permissionsPolicy: { microphone: ["self"], camera: [], geolocation: [] },
    referrerPolicy: "no-referrer",
  }));
  app.onError((error, c) => {
    const { status } = toProblem(error);
    if (status >= 500) {
      log.error("request.failed", { path: c.req.routePath, requestId: c.get("requestId"), error });
    }
    return answerProblem(error, c.req.path);
  });
  app.notFound((c) => answerProblem(new AntiphonError("not_found", "Nothing is here"), c.req.path));
  app.get("/health", async (c) => {
    const { version } = await readConfiguration(c.env);
    return c.json({ service: `edge:${c.env.EDGE_ID}`, status: "ok", configuration: version });
  });
  app.get("/openapi.json", (c) => c.json(openapiDocument()));
  app.route("/v1", signOnRoutes());
  app.route("/", sessionRoutes());
  app.route("/", passThroughRoutes());
  app.route("/", webhookRoutes());
  app.route("/", webRoutes());
  return app;
}
