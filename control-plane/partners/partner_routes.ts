import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { applyChange } from "../changes/apply_change.ts";
import { changeRequest } from "../changes/change_request.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { created } from "../http/created.ts";
import { jsonContent } from "../http/json_content.ts";
import { partnerAuth } from "../http/partner_auth.ts";
import { problemResponses } from "../http/problem_responses.ts";
import { IdempotencyHeaders } from "../idempotency/idempotency_headers.ts";
import { hashClientSecret, newClientSecret } from "./client_secret.ts";
import { CreatedPartner, NewPartner } from "./partner.ts";

/** `POST /v1/partners`, for the operator. */
export function partnerRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const route = createRoute({
    method: "post",
    path: "/v1/partners",
    tags: ["Partners"],
    summary: "Make a partner and its API client",
    security: [{ oauth2: ["partners:write"] }],
    middleware: partnerAuth(context, "partners:write"),
    request: {
      headers: IdempotencyHeaders,
      body: { required: true, ...jsonContent(NewPartner, "The partner") },
    },
    responses: {
      201: jsonContent(CreatedPartner, "The partner, with credentials shown only here"),
      ...problemResponses(400, 401, 403, 409, 413, 422, 503),
    },
  });
  app.openapi(route, async (c) => {
    const { name } = c.req.valid("json");
    const request = changeRequest(c, context.sealer, { name });
    const clientSecret = newClientSecret();
    const hash = await hashClientSecret(clientSecret);
    const applied = await applyChange<CreatedPartner>(context, request, async (tx) => {
      const id = context.newId();
      const clientId = `partner-${context.newId()}`;
      const created_at = new Date(context.now());
      await tx.insertInto("control.partners").values({ id, name, created_at }).execute();
      await tx.insertInto("control.clients")
        .values({ id: clientId, partner_id: id, secret_hash: hash, created_at }).execute();
      const answer = { id, name, clientId, clientSecret };
      return { action: "partner.created", subject: id, partnerId: id, answer };
    });
    return created(c, applied, `/v1/partners/${applied.answer.id}`);
  });
}
