import { Hono } from "hono";
import { verifyAccessToken } from "../../../protocol/access_token/verify_access_token.ts";
import { bearerToken } from "../app/bearer_token.ts";
import type { Bindings } from "../bindings.ts";
import { readConfiguration } from "../configuration/read_configuration.ts";
import { callCell } from "./call_cell.ts";

/** What a signed-in person reads from their tenant's cell: passed on with their own token. */
export function passThroughRoutes(): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  app.on("GET", ["/v1/interactions", "/v1/interactions/:id", "/v1/queues"], async (c) => {
    const token = bearerToken(c.req.raw);
    const configuration = await readConfiguration(c.env);
    const { clusterId } = await verifyAccessToken(token, configuration.keys);
    const { pathname, search } = new URL(c.req.url);
    const answer = await callCell(configuration, {
      clusterId,
      method: "GET",
      path: `${pathname}${search}`,
      token,
    });
    const problem = answer.status >= 400;
    return new Response(JSON.stringify(answer.body), {
      status: answer.status,
      headers: { "content-type": problem ? "application/problem+json" : "application/json" },
    });
  });
  return app;
}
