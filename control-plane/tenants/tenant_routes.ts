import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { Uuid } from "../../protocol/ids/names.ts";
import { applyChange } from "../changes/apply_change.ts";
import { changeRequest } from "../changes/change_request.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { created } from "../http/created.ts";
import { jsonContent } from "../http/json_content.ts";
import { cutPage, pageOf, PageQuery } from "../http/page.ts";
import { partnerAuth } from "../http/partner_auth.ts";
import { problemResponses } from "../http/problem_responses.ts";
import { IdempotencyHeaders } from "../idempotency/idempotency_headers.ts";
import { changeTenant } from "./change_tenant.ts";
import { createTenant } from "./create_tenant.ts";
import { NewTenant } from "./new_tenant.ts";
import { Tenant } from "./tenant.ts";
import { TenantChange } from "./tenant_change.ts";
import { tenantById, tenantRows, toTenant } from "./tenant_rows.ts";

/** `POST|GET /v1/tenants` and `GET|PATCH /v1/tenants/{tenantId}`. */
export function tenantRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const post = createRoute({
    method: "post",
    path: "/v1/tenants",
    tags: ["Tenants"],
    summary: "Make a tenant on a cluster",
    security: [{ oauth2: ["provisioning:write"] }],
    middleware: partnerAuth(context, "provisioning:write"),
    request: {
      headers: IdempotencyHeaders,
      body: { required: true, ...jsonContent(NewTenant, "The tenant") },
    },
    responses: {
      201: jsonContent(Tenant, "The tenant"),
      ...problemResponses(400, 401, 403, 409, 413, 422, 503),
    },
  });
  app.openapi(post, async (c) => {
    const wanted = c.req.valid("json");
    const request = changeRequest(c, context.sealer, wanted);
    const applied = await applyChange(
      context,
      request,
      (tx) => createTenant(context, tx, request.principal, wanted),
    );
    return created(c, applied, `/v1/tenants/${applied.answer.id}`);
  });

  const list = createRoute({
    method: "get",
    path: "/v1/tenants",
    tags: ["Tenants"],
    summary: "List tenants, oldest first",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { query: PageQuery.extend({ after: Uuid.optional() }) },
    responses: {
      200: jsonContent(pageOf(Tenant), "A page of tenants"),
      ...problemResponses(401, 403, 422, 503),
    },
  });
  app.openapi(list, async (c) => {
    const { limit, after } = c.req.valid("query");
    const rows = await tenantRows(context.db, c.get("principal"))
      .$if(after !== undefined, (q) => q.where("t.id", ">", after!))
      .orderBy("t.id").limit(limit + 1).execute();
    return c.json(cutPage(rows.map(toTenant), limit, (tenant) => tenant.id), 200);
  });

  const one = createRoute({
    method: "get",
    path: "/v1/tenants/{tenantId}",
    tags: ["Tenants"],
    summary: "One tenant",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { params: z.object({ tenantId: Uuid }) },
    responses: {
      200: jsonContent(Tenant, "The tenant"),
      ...problemResponses(401, 403, 404, 422, 503),
    },
  });
  app.openapi(one, async (c) => {
    const { tenantId } = c.req.valid("param");
    return c.json((await tenantById(context.db, c.get("principal"), tenantId)).tenant, 200);
  });

  const patch = createRoute({
    method: "patch",
    path: "/v1/tenants/{tenantId}",
    tags: ["Tenants"],
    summary: "Change what a tenant's acknowledged work outlives",
    security: [{ oauth2: ["provisioning:write"] }],
    middleware: partnerAuth(context, "provisioning:write"),
    request: {
      params: z.object({ tenantId: Uuid }),
      headers: IdempotencyHeaders,
      body: { required: true, ...jsonContent(TenantChange, "What changes") },
    },
    responses: {
      200: jsonContent(Tenant, "The tenant as it is now"),
      ...problemResponses(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.openapi(patch, async (c) => {
    const { tenantId } = c.req.valid("param");
    const change = c.req.valid("json");
    const request = changeRequest(c, context.sealer, change);
    const { answer, replayed } = await applyChange(
      context,
      request,
      (tx) => changeTenant(tx, request.principal, tenantId, change),
    );
    if (replayed) c.header("idempotency-replayed", "true");
    return c.json(answer, 200);
  });
}
