import { createRoute } from "@hono/zod-openapi";
import { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { Cell } from "../cell/cell.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { personAuth } from "./person_auth.ts";
import { problemResponses } from "./problem_responses.ts";

/** `/v1/configuration/seal-key`: the public key of a tenant's sensitive values. */
export function sealKeyRoutes(app: ApiRoutes, cell: Cell): void {
  const shown = jsonContent(SealKey.meta({ id: "SealKey" }), "The public key");
  const common = {
    ...{ path: "/configuration/seal-key", tags: ["Configuration"], security: SIGNED_IN },
    middleware: personAuth(cell, ["admin"]),
  };
  const get = createRoute({
    ...common,
    method: "get",
    summary: "What sensitive values are sealed with (JWE, ECDH-ES+A256KW and A256GCM)",
    responses: { 200: shown, ...problemResponses() },
  });
  app.openapi(get, async (c) => {
    return c.json(await cell.keys.current(c.get("runner").ports.tenantId), 200);
  });
  const rotate = createRoute({
    ...common,
    method: "post",
    summary: "Make the next key; values sealed before stay readable",
    responses: { 200: shown, ...problemResponses() },
  });
  app.openapi(rotate, async (c) => {
    return c.json(await cell.configurations.rotateKey(c.get("runner").ports.tenantId), 200);
  });
}
