import type { Context, Hono } from "hono";
import { z } from "zod";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { PopId } from "../../protocol/ids/names.ts";
import { verifyServiceToken } from "../../protocol/service_token/verify_service_token.ts";
import { SNAPSHOT_HEADER } from "../../protocol/snapshot_signature/snapshot_claims.ts";
import { EdgeAddress } from "../../protocol/topology/service_addresses.ts";
import type { ControlPlaneContext } from "../control_plane_context.ts";
import type { AppEnv } from "../http/app_env.ts";
import { bearerToken } from "../http/bearer_token.ts";
import { ServiceKeyRing } from "../keys/service_key_ring.ts";
import { buildEdgeConfiguration } from "./build_edge_configuration.ts";
import { buildPopConfiguration } from "./build_pop_configuration.ts";
import { matchesEtag } from "./matches_etag.ts";
import { type SnapshotBuilder, SnapshotStore } from "./snapshot_store.ts";

const Wait = z.object({ wait: z.coerce.number().min(0).max(20).default(0) });

/**
 * `GET /internal/pops/{popId}/configuration` and `GET /internal/edges/{edgeId}/configuration`:
 * each for that very PoP or edge, with ETag, If-None-Match and `?wait=SECONDS`.
 */
export function snapshotRoutes(app: Hono<AppEnv>, context: ControlPlaneContext): void {
  const ring = new ServiceKeyRing(context);
  const store = new SnapshotStore(context);

  async function answer(c: Context<AppEnv>, service: string, build: SnapshotBuilder) {
    const caller = await verifyServiceToken(bearerToken(c), {
      keys: await ring.keys(),
      audience: "control-plane",
      kinds: ["pop", "edge"],
      now: context.now,
    });
    if (caller !== service) {
      throw new AntiphonError("forbidden", "Everyone gets its own configuration only");
    }
    const { wait } = Wait.parse(c.req.query());
    const known = c.req.header("if-none-match");
    const snapshot = await store.wait(service, build, {
      seen: (version) => matchesEtag(known, version),
      waitMs: wait * 1000,
      signals: [context.stopping, c.req.raw.signal],
    });
    if (snapshot === null) {
      throw new AntiphonError("not_found", `${service} is not in the deployment`);
    }
    const { version, body, signature } = snapshot;
    const headers = { etag: `"${version}"`, "cache-control": "no-store" };
    if (matchesEtag(known, version)) return c.body(null, 304, headers);
    context.counters.add("antiphon_snapshots_sent_total", { service: service.split(":")[0] });
    return c.body(body, 200, {
      ...headers,
      ...{ "content-type": "application/json", [SNAPSHOT_HEADER]: signature },
    });
  }

  app.get("/internal/pops/:popId/configuration", (c) => {
    const popId = PopId.safeParse(c.req.param("popId"));
    if (!popId.success) throw new AntiphonError("not_found", "There is no such PoP");
    return answer(c, `pop:${popId.data}`, (tx) => buildPopConfiguration(tx, popId.data));
  });
  app.get("/internal/edges/:edgeId/configuration", (c) => {
    const edgeId = EdgeAddress.shape.id.safeParse(c.req.param("edgeId"));
    if (!edgeId.success) throw new AntiphonError("not_found", "There is no such edge");
    const build: SnapshotBuilder = (tx) => buildEdgeConfiguration(tx, edgeId.data, context.sealer);
    return answer(c, `edge:${edgeId.data}`, build);
  });
}
