import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { VariableName } from "../../protocol/flow/variable_name.ts";
import type { Cell } from "../cell/cell.ts";
import { type ApiRoutes, SIGNED_IN } from "./api_routes.ts";
import { jsonContent } from "./json_content.ts";
import { personAuth } from "./person_auth.ts";
import { problemResponses } from "./problem_responses.ts";
import { TokenBuckets } from "./token_buckets.ts";

/** How often one person may look: ten times, then every six seconds. */
const LIMIT = { capacity: 10, everyMs: 6_000 };

/** `POST /v1/interactions/{id}/variables/{name}/reveal`: a sensitive variable, in clear, once. */
export function revealRoutes(app: ApiRoutes, cell: Cell): void {
  const limit = new TokenBuckets(LIMIT, cell.options.now);
  const reveal = createRoute({
    method: "post",
    path: "/interactions/{id}/variables/{name}/reveal",
    summary: "See a sensitive variable of a live contact. It goes into the log who did",
    description:
      "For the roles of the settings' `revealTo`; agents see those of contacts they have",
    tags: ["Interactions"],
    security: SIGNED_IN,
    middleware: personAuth(cell),
    request: { params: z.object({ id: z.uuid(), name: VariableName }) },
    responses: {
      200: jsonContent(z.object({ value: z.string() }), "The value; keep it nowhere"),
      ...problemResponses(404, 429),
    },
  });
  app.openapi(reveal, async (c) => {
    const [runner, by, roles] = [c.get("runner"), c.get("personId"), c.get("roles")];
    const { id: interactionId, name: variable } = c.req.valid("param");
    const { tenantId } = runner.ports;
    limit.take(`${tenantId} ${by}`);
    await runner.submit({ type: "reveal", interactionId, variable, by, roles });
    const sealed = runner.state.interactions.get(interactionId)?.flow.variables[variable] ?? "";
    c.header("cache-control", "no-store");
    return c.json({ value: await cell.keys.open(tenantId, sealed) }, 200);
  });
}
