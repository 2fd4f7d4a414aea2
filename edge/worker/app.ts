import { Hono } from "hono";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import { pushRoutes } from "./agent_sessions/push_routes.ts";
import { sessionRoutes } from "./agent_sessions/session_routes.ts";
import { clustersOf } from "./clusters/clusters_of.ts";
import { noticeRoutes } from "./clusters/notice_routes.ts";
import { configurationOf } from "./configuration/configuration_of.ts";
import { healthRoutes } from "./health/health_routes.ts";
import { allowedMethods } from "./http/allowed_methods.ts";
import type { EdgeContext, EdgeHono } from "./http/context.ts";
import { problemResponse } from "./http/problem_response.ts";
import { requestId } from "./http/request_id.ts";
import { securityHeaders } from "./http/security_headers.ts";
import { openapiDocument } from "./openapi/openapi_document.ts";
import { signOnRoutes } from "./sign_on/sign_on_routes.ts";
import { counters } from "./telemetry/counters.ts";
import { edgeLog } from "./telemetry/edge_log.ts";
import { tenantApiRoutes } from "./tenant_api/tenant_api_routes.ts";
import { webAppRoutes } from "./web_app/web_app_routes.ts";
import { inboxRoutes } from "./webhooks/inbox_routes.ts";
import { webhookRoutes } from "./webhooks/webhook_routes.ts";

/** The edge's HTTP application. */
export function edgeApp(): Hono<EdgeHono> {
  const app = new Hono<EdgeHono>();
  app.use(async (c, next) => {
    const id = requestId(c.req.raw.headers);
    c.set("requestId", id);
    c.set("log", edgeLog(c.env).with({ requestId: id }));
    c.set("configuration", configurationOf(c.env));
    c.set("clusters", clustersOf(c.env));
    await next();
    counters.add("antiphon_edge_requests_total", { status: String(c.res.status) });
    // The answer to an upgrade carries a socket and must stay as it is.
    if (c.res.status === 101) return;
    for (const [name, value] of securityHeaders(c.req.raw)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    }
    c.res.headers.set("x-request-id", id);
  });
  for (
    const routes of [
      healthRoutes,
      signOnRoutes,
      sessionRoutes,
      tenantApiRoutes,
      webhookRoutes,
      inboxRoutes,
      pushRoutes,
      noticeRoutes,
    ]
  ) routes(app);
  const nothing = (c: EdgeContext) => {
    throw refusal(allowedMethods(app.routes, c.req.path));
  };
  for (const path of ["/v1/*", "/hooks/*", "/internal/*"]) app.all(path, nothing);
  app.get("/openapi.json", (c) => c.json(openapiDocument()));
  webAppRoutes(app);
  app.notFound((c) =>
    problemResponse(refusal(allowedMethods(app.routes, c.req.path)), c.var.requestId)
  );
  app.onError((error, c) => {
    const { status, code } = toProblem(error);
    if (status >= 500) {
      c.var.log.error("request.failed", { method: c.req.method, path: c.req.path, code, error });
    }
    return problemResponse(error, c.var.requestId);
  });
  return app;
}

/** No route takes the request: there is nothing there, or not for its method. */
function refusal(allowed: string[]): AntiphonError {
  if (allowed.length === 0) {
    return new AntiphonError("not_found", "There is nothing at this address");
  }
  const allow = allowed.join(", ");
  return new AntiphonError("method_not_allowed", `Use ${allow}`, { data: { allow } });
}
