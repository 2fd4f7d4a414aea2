import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { z } from "zod";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { ClusterId, Uuid } from "../../protocol/ids/names.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { writeAudit } from "../audit/write_audit.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { fieldProblem } from "../http/field_problem.ts";
import { jsonContent } from "../http/json_content.ts";
import { partnerAuth } from "../http/partner_auth.ts";
import { problemResponses } from "../http/problem_responses.ts";
import { type OwnedTenant, tenantById } from "../tenants/tenant_rows.ts";
import {
  type CellAnswer,
  CellClient,
  type CellClientOptions,
  type CellRequest,
} from "./cell_client.ts";
import { checkReferences } from "./check_references.ts";
import { tenantHoldings } from "./tenant_holdings.ts";

/** How long a GET waits for the cell, in milliseconds: there, nothing is under way. */
const READ_PATIENCE_MS = 3_000;

const Configuration = TenantConfiguration.meta({ id: "TenantConfiguration" });
const AppliedConfiguration = z.object({ tenantId: Uuid, clusterId: ClusterId })
  .meta({ id: "AppliedConfiguration" });

/** `PUT|GET /v1/tenants/{tenantId}/configuration`: handed to and from the tenant's cell. */
export function configurationRoutes(
  app: OpenAPIHono<AppEnv>,
  context: ControlPlaneContext,
  cells: Partial<CellClientOptions> = {},
): void {
  const client = new CellClient({
    token: serviceTokenSigner(context.key, context.now),
    keys: context.deployment.keys,
    stopping: context.stopping,
    ...cells,
  });
  const params = z.object({ tenantId: Uuid });

  const put = createRoute({
    method: "put",
    path: "/v1/tenants/{tenantId}/configuration",
    tags: ["Configuration"],
    summary: "Apply a tenant's whole configuration",
    description: "Idempotent. The tenant's cell has stored it once this answers 200.",
    security: [{ oauth2: ["provisioning:write"] }],
    middleware: partnerAuth(context, "provisioning:write"),
    request: { params, body: { required: true, ...jsonContent(Configuration, "All of it") } },
    responses: {
      200: jsonContent(AppliedConfiguration, "Stored by the tenant's cell"),
      ...problemResponses(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.openapi(put, async (c) => {
    const { tenantId } = c.req.valid("param");
    const configuration = c.req.valid("json");
    const owned = await tenantById(context.db, c.get("principal"), tenantId);
    const holdings = await tenantHoldings(context.db, tenantId);
    const missing = checkReferences(configuration, holdings);
    if (missing.length > 0) throw fieldProblem(...missing);
    const body = JSON.stringify(configuration);
    const answer = await ask(owned, { method: "PUT", body });
    if (!answer.ok) return passOn(c, answer);
    const { clusterId } = owned.tenant;
    await writeAudit(context, context.db, {
      principal: c.get("principal"),
      requestId: c.get("requestId"),
    }, {
      action: "configuration.applied",
      subject: tenantId,
      partnerId: owned.partnerId,
      data: { clusterId },
    });
    return c.json({ tenantId, clusterId }, 200);
  });

  const get = createRoute({
    method: "get",
    path: "/v1/tenants/{tenantId}/configuration",
    tags: ["Configuration"],
    summary: "The configuration as the tenant's cell has it, without secrets",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { params },
    responses: {
      // The type of so large an answer is more than the compiler's inference takes.
      200: jsonContent<z.ZodType>(Configuration, "The configuration"),
      ...problemResponses(401, 403, 404, 422, 503),
    },
  });
  app.openapi(get, async (c) => {
    const { tenantId } = c.req.valid("param");
    const owned = await tenantById(context.db, c.get("principal"), tenantId);
    const patienceMs = Math.min(client.options.patienceMs ?? Infinity, READ_PATIENCE_MS);
    const answer = await ask(owned, { method: "GET", patienceMs });
    if (!answer.ok) return passOn(c, answer);
    return c.json(readConfiguration(answer.body, owned), 200);
  });

  async function ask(
    { tenant }: OwnedTenant,
    request: Omit<CellRequest, "path">,
  ): Promise<CellAnswer> {
    const { home_region, standby_region, ...cluster } = await context.db.selectFrom("cfg.clusters")
      .selectAll().where("id", "=", tenant.clusterId).executeTakeFirstOrThrow();
    const path = `/internal/tenants/${tenant.id}/configuration`;
    return await client.ask(
      { ...cluster, homeRegion: home_region, standbyRegion: standby_region },
      { ...request, path },
    );
  }
}

function readConfiguration(body: string, { tenant }: OwnedTenant): TenantConfiguration {
  try {
    return TenantConfiguration.parse(JSON.parse(body));
  } catch (cause) {
    const { clusterId } = tenant;
    throw new AntiphonError("cluster_unavailable", "The cell's answer makes no sense", {
      data: { clusterId },
      cause,
    });
  }
}

function passOn(c: Context<AppEnv>, answer: Exclude<CellAnswer, { ok: true }>): Response {
  return c.body(answer.problem, answer.status as 422, {
    "content-type": "application/problem+json",
  });
}
