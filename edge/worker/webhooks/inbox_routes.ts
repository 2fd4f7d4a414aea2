import type { Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EdgeAsset } from "../../../protocol/topology/edge_configuration.ts";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { requireService } from "../http/require_service.ts";
import { objectNamed } from "../storage/object_namespace.ts";

/**
 * `GET /internal/inbox/{assetId}`: what waits and what failed, and `POST …/retry`: tries the failed
 * ones again. For the control plane, and for the cell of the asset's tenant.
 */
export function inboxRoutes(app: Hono<EdgeHono>): void {
  app.get("/internal/inbox/:assetId", async (c) => {
    const { id } = await ownAsset(c);
    return c.json({ assetId: id, ...await objectNamed(c.env.ASSET_INBOX, id).state() });
  });
  app.post("/internal/inbox/:assetId/retry", async (c) => {
    const { id } = await ownAsset(c);
    const retried = await objectNamed(c.env.ASSET_INBOX, id).retryFailed();
    c.var.log.info("inbox.retried", { assetId: id, retried });
    return c.json({ assetId: id, retried });
  });
}

async function ownAsset(c: EdgeContext): Promise<EdgeAsset> {
  const caller = await requireService(c, ["cell", "control-plane"]);
  const id = c.req.param("assetId") ?? "";
  const asset = await c.var.configuration.find((index) => index.asset(id));
  if (!asset) throw new AntiphonError("not_found", "There is no such asset");
  const index = await c.var.configuration.current();
  if (caller === "control-plane" || caller === `cell:${index.clusterOf(asset.tenantId).id}`) {
    return asset;
  }
  throw new AntiphonError("forbidden", "Only the tenant's own cluster may ask");
}
