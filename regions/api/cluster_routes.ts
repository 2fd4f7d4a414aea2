import { createRoute } from "@hono/zod-openapi";
import { ClusterState } from "../../protocol/topology/cluster_state.ts";
import type { Cell } from "../cell/cell.ts";
import { clusterStateOf } from "../placement/cluster_state_of.ts";
import { type ApiRoutes, apiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { personAuth } from "./person_auth.ts";
import { problemResponses } from "./problem_responses.ts";

const State = ClusterState.meta({ id: "ClusterState" });

/** `GET /v1/cluster`: where a tenant's cluster is active, and how its standby region follows. */
export function clusterRoutes(cell: Cell): ApiRoutes {
  const app = apiRoutes();
  const get = createRoute({
    path: "/cluster",
    tags: ["Cluster"],
    security: SIGNED_IN,
    method: "get",
    middleware: personAuth(cell, ["admin"]),
    summary: "Where the tenant's cluster is active, and how its standby region follows",
    responses: { 200: jsonContent(State, "The cluster"), ...problemResponses() },
  });
  app.openapi(get, async (c) => {
    const { clusterId, epoch, site, keeperStatus } = cell.options;
    const { clusters, tenants } = cell.placement.current;
    const { tenantId } = c.get("runner").ports;
    const state = clusterStateOf({
      ...{ clusterId, epoch, site: site ?? null },
      regions: clusters.get(clusterId) ?? null,
      durability: tenants.get(tenantId)?.durability ?? "region",
      status: await keeperStatus?.() ?? null,
    });
    c.header("cache-control", "no-store");
    return c.json(state, 200);
  });
  return app;
}
