import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { jsonContent } from "../http/json_content.ts";
import { partnerAuth } from "../http/partner_auth.ts";
import { problemResponses } from "../http/problem_responses.ts";
import { REFERENCE_TOPOLOGY } from "./reference_topology.ts";
import { Topology } from "./topology.ts";

/** `GET /v1/topology`. */
export function topologyRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const route = createRoute({
    method: "get",
    path: "/v1/topology",
    tags: ["Topology"],
    summary: "Where the platform is planned to be, and what is deployed",
    security: [{ oauth2: ["topology:read"] }],
    middleware: partnerAuth(context, "topology:read"),
    responses: {
      200: jsonContent(Topology, "The topology"),
      ...problemResponses(401, 403, 503),
    },
  });
  app.openapi(route, async (c) => {
    const [clusters, pops] = await Promise.all([
      context.db.selectFrom("cfg.clusters").select(["id", "home_region", "standby_region"])
        .orderBy("id").execute(),
      context.db.selectFrom("cfg.pops").select(["id", "name", "region", "sip"])
        .orderBy("id").execute(),
    ]);
    return c.json({
      geographies: [...REFERENCE_TOPOLOGY],
      deployed: {
        clusters: clusters.map(({ id, home_region, standby_region }) => ({
          id,
          homeRegion: home_region,
          standbyRegion: standby_region,
        })),
        pops,
      },
    }, 200);
  });
}
