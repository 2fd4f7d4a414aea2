import { Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../../protocol/errors/to_problem.ts";
import { limitBody } from "../../api/limit_body.ts";
import type { Keeper } from "../process/keeper.ts";
import { caller } from "./caller.ts";
import { clusterRoutes } from "./cluster_routes.ts";
import { keeperMetrics } from "./keeper_metrics.ts";
import { witnessRoutes } from "./witness_routes.ts";

/** No body is larger, in bytes. */
const BODY_LIMIT = 64 << 10;
const PROBLEM = { "content-type": "application/problem+json" };

/** A keeper's HTTP interface. Errors are problem details (RFC 9457). */
export function keeperApi(keeper: Keeper): Hono {
  const { file, log } = keeper;
  const service = `keeper:${file.site}`;
  const who = caller(service, file.keys, () => performance.now());
  const app = new Hono();
  app.use(limitBody(BODY_LIMIT));
  app.onError((error, c) => {
    const problem = toProblem(error, c.req.path);
    if (problem.status === 500) log.error("api.failed", { path: c.req.path, error });
    return c.body(JSON.stringify(problem), problem.status as 500, PROBLEM);
  });
  app.notFound((c) => {
    const problem = toProblem(new AntiphonError("not_found", "There is no such resource"));
    return c.body(JSON.stringify(problem), 404, PROBLEM);
  });
  app.get("/health", (c) =>
    c.json({
      service,
      status: "ok",
      clusters: Object.fromEntries([...keeper.clusters].map(([name, { keeper: it }]) => {
        const { server, lease } = it.picture;
        return [name, { accepting: server?.accepting === true, lease: lease.mine !== null }];
      })),
      soles: Object.fromEntries([...keeper.soles].map(([name, sole]) => {
        const { server, problem } = sole.picture;
        return [name, { accepting: server?.accepting === true, problem }];
      })),
    }));
  app.get("/metrics", (c) => c.text(keeperMetrics(keeper)));
  app.route("/v1/witness", witnessRoutes(keeper.witness, who));
  app.route("/v1/clusters", clusterRoutes(keeper, who, () => crypto.randomUUID()));
  return app;
}
