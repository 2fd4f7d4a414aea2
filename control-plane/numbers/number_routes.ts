import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { PhoneNumber, Uuid } from "../../protocol/ids/names.ts";
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
import { tenantById } from "../tenants/tenant_rows.ts";
import { NewNumber, TenantNumber } from "./tenant_number.ts";

/** `POST|GET /v1/tenants/{tenantId}/numbers`. */
export function numberRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const params = z.object({ tenantId: Uuid });
  const post = createRoute({
    method: "post",
    path: "/v1/tenants/{tenantId}/numbers",
    tags: ["Numbers"],
    summary: "Give a tenant a number",
    security: [{ oauth2: ["provisioning:write"] }],
    middleware: partnerAuth(context, "provisioning:write"),
    request: {
      params,
      headers: IdempotencyHeaders,
      body: { required: true, ...jsonContent(NewNumber, "The number") },
    },
    responses: {
      201: jsonContent(TenantNumber, "The number"),
      ...problemResponses(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.openapi(post, async (c) => {
    const { tenantId } = c.req.valid("param");
    const { number } = c.req.valid("json");
    const request = changeRequest(c, context.sealer, { number });
    const applied = await applyChange<TenantNumber>(context, request, async (tx) => {
      const { partnerId } = await tenantById(tx, request.principal, tenantId);
      await tx.insertInto("cfg.numbers").values({ number, tenant_id: tenantId }).execute();
      const answer = { number, tenantId };
      return { action: "number.assigned", subject: tenantId, partnerId, data: { number }, answer };
    });
    return created(c, applied, `/v1/tenants/${tenantId}/numbers`);
  });

  const list = createRoute({
    method: "get",
    path: "/v1/tenants/{tenantId}/numbers",
    tags: ["Numbers"],
    summary: "List a tenant's numbers",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { params, query: PageQuery.extend({ after: PhoneNumber.optional() }) },
    responses: {
      200: jsonContent(pageOf(TenantNumber), "A page of numbers"),
      ...problemResponses(401, 403, 404, 422, 503),
    },
  });
  app.openapi(list, async (c) => {
    const { tenantId } = c.req.valid("param");
    const { limit, after } = c.req.valid("query");
    await tenantById(context.db, c.get("principal"), tenantId);
    const rows = await context.db.selectFrom("cfg.numbers").select("number")
      .where("tenant_id", "=", tenantId)
      .$if(after !== undefined, (q) => q.where("number", ">", after!))
      .orderBy("number").limit(limit + 1).execute();
    const numbers = rows.map(({ number }) => ({ number, tenantId }));
    return c.json(cutPage(numbers, limit, (row) => row.number), 200);
  });
}
