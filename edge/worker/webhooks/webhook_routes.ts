import { type Context, Hono } from "hono";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../../protocol/ids/names.ts";
import { verifyServiceToken } from "../../../protocol/service_token/verify_service_token.ts";
import type { EdgeAsset } from "../../../protocol/topology/edge_configuration.ts";
import { bearerToken } from "../app/bearer_token.ts";
import { readBytes } from "../app/read_body.ts";
import type { Bindings } from "../bindings.ts";
import { findFresh } from "../configuration/find_fresh.ts";
import { readConfiguration } from "../configuration/read_configuration.ts";
import { sameText } from "./same_text.ts";
import { verifySignature } from "./verify_signature.ts";

type Env = { Bindings: Bindings };

/** A provider's bodies are smaller than this, in bytes. */
const BODY_LIMIT = 1_048_576;

/**
 * `/hooks/whatsapp/{assetId}`: the provider's handshake and its webhooks. A webhook is answered
 * 200 only once it is stored.
 */
export function webhookRoutes(): Hono<Env> {
  const app = new Hono<Env>();

  app.get("/hooks/whatsapp/:assetId", async (c) => {
    const asset = await assetOf(c);
    const { "hub.mode": mode, "hub.verify_token": token, "hub.challenge": challenge } = c.req
      .query();
    if (mode !== "subscribe" || !await sameText(token ?? "", asset.verifyToken)) {
      throw new AntiphonError("forbidden", "Set the asset's verify token at the provider");
    }
    return c.text(challenge ?? "");
  });

  app.post("/hooks/whatsapp/:assetId", async (c) => {
    const asset = await assetOf(c);
    const body = await readBytes(c.req.raw, BODY_LIMIT);
    await verifySignature(c.req.header("x-hub-signature-256"), body, asset.appSecret);
    const response = await inboxOf(c, asset.id).fetch("http://inbox/", {
      method: "POST",
      headers: { "asset-id": asset.id, "tenant-id": asset.tenantId, "cluster-id": asset.clusterId },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new AntiphonError("unavailable", `The inbox failed: ${text}`);
    return c.json({ stored: true });
  });

  app.get("/internal/inbox/:assetId", async (c) => {
    const { keys } = await readConfiguration(c.env);
    await verifyServiceToken(bearerToken(c.req.raw), {
      keys,
      audience: `edge:${c.env.EDGE_ID}`,
      kinds: ["cell", "control-plane"],
    });
    const assetId = Uuid.parse(c.req.param("assetId"));
    const response = await inboxOf(c, assetId).fetch("http://inbox/");
    return c.json(await response.json());
  });
  return app;
}

async function assetOf(c: Context<Env>): Promise<EdgeAsset> {
  const id = c.req.param("assetId");
  const { found } = await findFresh(c.env, (known) => known.assets.find((a) => a.id === id));
  if (!found) throw new AntiphonError("not_found", "There is no such asset");
  return found;
}

function inboxOf(c: Context<Env>, assetId: string) {
  return c.env.WEBHOOK_INBOX.get(c.env.WEBHOOK_INBOX.idFromName(assetId));
}
