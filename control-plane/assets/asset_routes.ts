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
import { tenantById } from "../tenants/tenant_rows.ts";
import { Asset, NewAsset } from "./asset.ts";
import type { AssetSecrets } from "./asset_secrets.ts";

/** `POST|GET /v1/tenants/{tenantId}/assets`. */
export function assetRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const params = z.object({ tenantId: Uuid });
  const post = createRoute({
    method: "post",
    path: "/v1/tenants/{tenantId}/assets",
    tags: ["Assets"],
    summary: "Give a tenant a digital asset",
    security: [{ oauth2: ["provisioning:write"] }],
    middleware: partnerAuth(context, "provisioning:write"),
    request: {
      params,
      headers: IdempotencyHeaders,
      body: { required: true, ...jsonContent(NewAsset, "The asset") },
    },
    responses: {
      201: jsonContent(Asset, "The asset"),
      ...problemResponses(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.openapi(post, async (c) => {
    const { tenantId } = c.req.valid("param");
    const wanted = c.req.valid("json");
    const request = changeRequest(c, context.sealer, wanted);
    const { appSecret, verifyToken, channel, name, phoneNumberId } = wanted;
    const secrets: AssetSecrets = { appSecret, verifyToken };
    const sealed = await context.sealer.seal(JSON.stringify(secrets));
    const applied = await applyChange<Asset>(context, request, async (tx) => {
      const { partnerId } = await tenantById(tx, request.principal, tenantId);
      const id = context.newId();
      const row = { id, tenant_id: tenantId, channel, name, phone_number_id: phoneNumberId };
      await tx.insertInto("cfg.assets").values(row).execute();
      await tx.insertInto("control.asset_secrets").values({ asset_id: id, sealed }).execute();
      const data = { tenantId, channel };
      return { action: "asset.created", subject: id, partnerId, data, answer: toAsset(row) };
    });
    return created(c, applied, `/v1/tenants/${tenantId}/assets`);
  });

  const list = createRoute({
    method: "get",
    path: "/v1/tenants/{tenantId}/assets",
    tags: ["Assets"],
    summary: "List a tenant's digital assets",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { params, query: PageQuery.extend({ after: Uuid.optional() }) },
    responses: {
      200: jsonContent(pageOf(Asset), "A page of assets"),
      ...problemResponses(401, 403, 404, 422, 503),
    },
  });
  app.openapi(list, async (c) => {
    const { tenantId } = c.req.valid("param");
    const { limit, after } = c.req.valid("query");
    await tenantById(context.db, c.get("principal"), tenantId);
    const rows = await context.db.selectFrom("cfg.assets").selectAll()
      .where("tenant_id", "=", tenantId)
      .$if(after !== undefined, (q) => q.where("id", ">", after!))
      .orderBy("id").limit(limit + 1).execute();
    return c.json(cutPage(rows.map(toAsset), limit, (asset) => asset.id), 200);
  });
}

interface AssetRow {
  id: string;
  tenant_id: string;
  channel: "whatsapp";
  name: string;
  phone_number_id: string;
}

function toAsset(row: AssetRow): Asset {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    channel: row.channel,
    name: row.name,
    phoneNumberId: row.phone_number_id,
    webhookPath: `/hooks/${row.channel}/${row.id}`,
  };
}
