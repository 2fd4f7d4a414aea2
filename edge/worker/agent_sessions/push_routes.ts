import type { Hono } from "hono";
import { AgentEventDelivery } from "../../../protocol/agent_session/agent_event.ts";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EdgeHono } from "../http/context.ts";
import { readJson } from "../http/read_json.ts";
import { requireService } from "../http/require_service.ts";
import { objectNamed } from "../storage/object_namespace.ts";
import { counters } from "../telemetry/counters.ts";
import { sessionName } from "./agent_session_calls.ts";

const BODY_LIMIT = 4 * 1024 * 1024;

/**
 * `POST /internal/agents/{tenantId}/{agentId}/events`: events for one agent, from the cell of the
 * cluster that runs the tenant.
 */
export function pushRoutes(app: Hono<EdgeHono>): void {
  app.post("/internal/agents/:tenantId/:agentId/events", async (c) => {
    const caller = await requireService(c, ["cell"]);
    const { tenantId, agentId } = c.req.param();
    const tenant = await c.var.configuration.find((index) => index.tenant(tenantId));
    if (!tenant || caller !== `cell:${tenant.clusterId}`) {
      throw new AntiphonError("forbidden", "Only the tenant's own cluster may push");
    }
    const delivery = await readJson(c.req.raw, AgentEventDelivery, BODY_LIMIT);
    if (delivery.tenantId !== tenantId || delivery.agentId !== agentId) {
      throw new AntiphonError("invalid_request", "Body and path name different agents");
    }
    const outcome = await objectNamed(c.env.AGENT_SESSION, sessionName(tenantId, agentId)).push({
      clusterId: tenant.clusterId,
      epoch: delivery.epoch,
      events: delivery.events,
    });
    counters.add("antiphon_edge_pushes_total", { outcome });
    if (outcome === "stale_epoch") {
      throw new AntiphonError("stale_epoch", "A newer holder of the cluster has pushed already");
    }
    return c.json({});
  });
}
