import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { sql } from "kysely";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ClusterId, RegionId, Uuid } from "../../protocol/ids/names.ts";
import { KeeperAudit } from "../../protocol/keeper/keeper_audit.ts";
import { SwitchOver, SwitchOverRequest } from "../../protocol/keeper/switch_over.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { jsonContent } from "../http/json_content.ts";
import { partnerAuth } from "../http/partner_auth.ts";
import { problemResponses } from "../http/problem_responses.ts";
import { ClusterKeepers } from "./cluster_keepers.ts";
import { ClusterStatus, clusterStatus, ClusterSummary } from "./cluster_status.ts";
import { KeeperClient } from "./keeper_client.ts";
import { requestSwitchOver } from "./request_switch_over.ts";

const Operation = SwitchOver.meta({ id: "SwitchOver" });
const Request = SwitchOverRequest.meta({ id: "SwitchOverRequest" });
const Audit = KeeperAudit.meta({ id: "KeeperAudit" });
const collected = <T extends z.ZodType>(of: T) =>
  z.object({
    items: z.array(of),
    missing: z.array(RegionId).meta({ description: "Sites whose keepers did not answer" }),
  });

/** `/v1/clusters`: how clusters stand, and their moves between regions; for operators alone. */
export function keeperRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const { deployment, stopping } = context;
  const token = serviceTokenSigner(context.key, context.now);
  const client = new KeeperClient({ token, stopping });
  const keepersOf = (clusterId: string): ClusterKeepers => {
    const cluster = deployment.clusters.find(({ id }) => id === clusterId);
    if (cluster) return new ClusterKeepers(client, cluster);
    throw new AntiphonError("not_found", "There is no such cluster");
  };
  const common = (scope: "clusters:read" | "clusters:write") => ({
    tags: ["Clusters"],
    security: [{ oauth2: [scope] }],
    middleware: partnerAuth(context, scope),
  });
  const params = z.object({ clusterId: ClusterId });
  const refusals = problemResponses(401, 403, 404, 409, 422, 502, 503);

  const list = createRoute({
    ...common("clusters:read"),
    method: "get",
    path: "/v1/clusters",
    summary: "List clusters, and how many tenants live on each",
    responses: {
      200: jsonContent(z.object({ items: z.array(ClusterSummary) }), "All clusters"),
      ...problemResponses(401, 403, 503),
    },
  });
  app.openapi(list, async (c) => {
    const rows = await context.db.selectFrom("cfg.clusters as c")
      .select(["c.id", "c.home_region as homeRegion", "c.standby_region as standbyRegion"])
      .select((q) =>
        q.selectFrom("cfg.tenants as t").whereRef("t.cluster_id", "=", "c.id")
          .select(sql<number>`count(*)::int`.as("n")).as("tenants")
      )
      .orderBy("c.id").execute();
    return c.json({ items: rows.map((row) => ({ ...row, tenants: row.tenants ?? 0 })) }, 200);
  });

  const one = createRoute({
    ...common("clusters:read"),
    method: "get",
    path: "/v1/clusters/{clusterId}",
    summary: "How a cluster stands: where it is active, what follows it, how far behind",
    request: { params },
    responses: { 200: jsonContent(ClusterStatus, "As its keepers tell"), ...refusals },
  });
  app.openapi(one, async (c) => {
    const keepers = keepersOf(c.req.valid("param").clusterId);
    return c.json(clusterStatus(keepers.cluster, await keepers.reports()), 200);
  });

  const audit = createRoute({
    ...common("clusters:read"),
    method: "get",
    path: "/v1/clusters/{clusterId}/audit",
    summary: "What happened to a cluster, at all its sites, oldest first",
    request: { params },
    responses: {
      // Facts of any shape are more than the compiler's inference takes.
      200: jsonContent<z.ZodType>(collected(Audit), "The record"),
      ...refusals,
    },
  });
  app.openapi(audit, async (c) => {
    return c.json(await keepersOf(c.req.valid("param").clusterId).audit(), 200);
  });

  const moves = createRoute({
    ...common("clusters:read"),
    method: "get",
    path: "/v1/clusters/{clusterId}/switch-overs",
    summary: "A cluster's latest switch-overs, newest first",
    request: { params },
    responses: { 200: jsonContent(collected(Operation), "Those that keepers know"), ...refusals },
  });
  app.openapi(moves, async (c) => {
    return c.json(await keepersOf(c.req.valid("param").clusterId).switchOvers(), 200);
  });

  const post = createRoute({
    ...common("clusters:write"),
    method: "post",
    path: "/v1/clusters/{clusterId}/switch-overs",
    summary: "Move a cluster to its other region, or rehearse that",
    description:
      "Without `force` nothing that was acknowledged is lost: it is refused while that " +
      "cannot be promised. It goes on after the answer; watch it at `Location`. It is not " +
      "repeated under an Idempotency-Key: a cluster makes one move at a time.",
    request: { params, body: { required: true, ...jsonContent(Request, "Where to") } },
    responses: { 202: jsonContent(Operation, "It has begun"), ...refusals },
  });
  app.openapi(post, async (c) => {
    const { clusterId } = c.req.valid("param");
    const keepers = keepersOf(clusterId);
    const who = { principal: c.get("principal"), requestId: c.get("requestId") };
    const begun = await requestSwitchOver(context, who, keepers, c.req.valid("json"));
    c.header("location", `/v1/clusters/${clusterId}/switch-overs/${begun.id}`);
    return c.json(begun, 202);
  });

  const move = createRoute({
    ...common("clusters:read"),
    method: "get",
    path: "/v1/clusters/{clusterId}/switch-overs/{switchOverId}",
    summary: "How a switch-over goes",
    request: { params: params.extend({ switchOverId: Uuid }) },
    responses: { 200: jsonContent(Operation, "As it stands"), ...refusals },
  });
  app.openapi(move, async (c) => {
    const { clusterId, switchOverId } = c.req.valid("param");
    return c.json(await keepersOf(clusterId).findSwitchOver(switchOverId), 200);
  });
}
