import { OpenAPIHono } from "@hono/zod-openapi";
import { assetRoutes } from "../assets/asset_routes.ts";
import type { CellClientOptions } from "../configuration/cell_client.ts";
import { configurationRoutes } from "../configuration/configuration_routes.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import { keeperRoutes } from "../keepers/keeper_routes.ts";
import { numberRoutes } from "../numbers/number_routes.ts";
import { partnerRoutes } from "../partners/partner_routes.ts";
import { snapshotRoutes } from "../snapshots/snapshot_routes.ts";
import { tenantRoutes } from "../tenants/tenant_routes.ts";
import { tokenRoutes } from "../tokens/token_routes.ts";
import { topologyRoutes } from "../topology/topology_routes.ts";
import { trunkRoutes } from "../trunks/trunk_routes.ts";
import { answerInTime } from "./answer_in_time.ts";
import { answerProblem } from "./answer_problem.ts";
import type { AppEnv } from "./app_env.ts";
import { healthRoutes } from "./health_routes.ts";
import { limitBody } from "./limit_body.ts";
import { notFound } from "./not_found.ts";
import { openApiRoutes } from "./open_api_routes.ts";
import { refuseInvalid } from "./refuse_invalid.ts";
import { requestId } from "./request_id.ts";
import { securityHeaders } from "./security_headers.ts";

/** The control plane's HTTP interface: the partner API, snapshots for PoPs and edges, health. */
export function controlPlaneApp(
  context: ControlPlaneContext,
  cells: Partial<CellClientOptions> = {},
): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid });
  app.use(requestId(context), securityHeaders, answerInTime, limitBody());
  app.onError(answerProblem(context.log));
  app.notFound(notFound(app));
  tokenRoutes(app, context);
  partnerRoutes(app, context);
  topologyRoutes(app, context);
  keeperRoutes(app, context);
  tenantRoutes(app, context);
  numberRoutes(app, context);
  trunkRoutes(app, context);
  assetRoutes(app, context);
  configurationRoutes(app, context, cells);
  snapshotRoutes(app, context);
  healthRoutes(app, context);
  openApiRoutes(app);
  return app;
}
