import type { Hono } from "hono";
import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EdgeHono } from "../http/context.ts";
import { readJson } from "../http/read_json.ts";
import { requireService } from "../http/require_service.ts";
import { counters } from "../telemetry/counters.ts";

const Announcement = z.object({ notice: z.string().min(1).max(2_048) });
const BODY_LIMIT = 4 * 1024;

/**
 * `POST /internal/cluster-notices`: a cell that has become active says so, with the notice that it
 * would give to whoever asks its standby. What waits for the cluster asks there next.
 */
export function noticeRoutes(app: Hono<EdgeHono>): void {
  app.post("/internal/cluster-notices", async (c) => {
    const caller = await requireService(c, ["cell"]);
    const { notice } = await readJson(c.req.raw, Announcement, BODY_LIMIT);
    const index = await c.var.configuration.current();
    const cluster = index.cluster(caller.slice("cell:".length));
    if (!cluster) throw new AntiphonError("forbidden", "The edge knows of no such cluster");
    const taken = await c.var.clusters.announced(cluster, notice);
    counters.add("antiphon_edge_cluster_notices_total", { taken: String(taken) });
    c.var.log.info("cluster.announced", { clusterId: cluster.id, taken });
    return c.json({ taken });
  });
}
