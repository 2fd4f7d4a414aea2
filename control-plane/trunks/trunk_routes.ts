import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../protocol/ids/names.ts";
import { Trunk as TrunkShape } from "../../protocol/topology/pop_configuration.ts";
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
import { createTrunk } from "./create_trunk.ts";
import { NewTrunk } from "./new_trunk.ts";
import { toTrunk } from "./to_trunk.ts";

const Trunk = TrunkShape.meta({ id: "Trunk" });

/** `POST|GET /v1/trunks` and `GET /v1/trunks/{trunkId}`. */
export function trunkRoutes(app: OpenAPIHono<AppEnv>, context: ControlPlaneContext): void {
  const post = createRoute({
    method: "post",
    path: "/v1/trunks",
    tags: ["Trunks"],
    summary: "Make a trunk into a PoP",
    security: [{ oauth2: ["provisioning:write"] }],
    middleware: partnerAuth(context, "provisioning:write"),
    request: {
      headers: IdempotencyHeaders,
      body: { required: true, ...jsonContent(NewTrunk, "The trunk") },
    },
    responses: {
      201: jsonContent(Trunk, "The trunk"),
      ...problemResponses(400, 401, 403, 404, 409, 413, 422, 503),
    },
  });
  app.openapi(post, async (c) => {
    const wanted = c.req.valid("json");
    const request = changeRequest(c, context.sealer, wanted);
    const applied = await applyChange(
      context,
      request,
      (tx) => createTrunk(context, tx, request.principal, wanted),
    );
    return created(c, applied, `/v1/trunks/${applied.answer.id}`);
  });

  const list = createRoute({
    method: "get",
    path: "/v1/trunks",
    tags: ["Trunks"],
    summary: "List trunks, oldest first",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { query: PageQuery.extend({ after: Uuid.optional() }) },
    responses: {
      200: jsonContent(pageOf(Trunk), "A page of trunks"),
      ...problemResponses(401, 403, 422, 503),
    },
  });
  app.openapi(list, async (c) => {
    const { limit, after } = c.req.valid("query");
    const { partnerId } = c.get("principal");
    const rows = await context.db.selectFrom("cfg.trunks").selectAll()
      .$if(partnerId !== null, (q) => q.where("partner_id", "=", partnerId!))
      .$if(after !== undefined, (q) => q.where("id", ">", after!))
      .orderBy("id").limit(limit + 1).execute();
    return c.json(cutPage(rows.map(toTrunk), limit, (trunk) => trunk.id), 200);
  });

  const one = createRoute({
    method: "get",
    path: "/v1/trunks/{trunkId}",
    tags: ["Trunks"],
    summary: "One trunk",
    security: [{ oauth2: ["provisioning:read"] }],
    middleware: partnerAuth(context, "provisioning:read"),
    request: { params: z.object({ trunkId: Uuid }) },
    responses: {
      200: jsonContent(Trunk, "The trunk"),
      ...problemResponses(401, 403, 404, 422, 503),
    },
  });
  app.openapi(one, async (c) => {
    const { trunkId } = c.req.valid("param");
    const { partnerId } = c.get("principal");
    const row = await context.db.selectFrom("cfg.trunks").selectAll().where("id", "=", trunkId)
      .$if(partnerId !== null, (q) => q.where("partner_id", "=", partnerId!)).executeTakeFirst();
    if (!row) throw new AntiphonError("not_found", "You have no such trunk");
    return c.json(toTrunk(row), 200);
  });
}
