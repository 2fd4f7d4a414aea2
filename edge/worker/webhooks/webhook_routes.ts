import type { Hono } from "hono";
import { z } from "zod";
import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { Uuid } from "../../../protocol/ids/names.ts";
import { uuidV7 } from "../../../protocol/ids/uuid_v7.ts";
import type { EdgeAsset } from "../../../protocol/topology/edge_configuration.ts";
import type { EdgeContext, EdgeHono } from "../http/context.ts";
import { readBody } from "../http/read_body.ts";
import { objectNamed } from "../storage/object_namespace.ts";
import { counters } from "../telemetry/counters.ts";
import { bodyHash } from "./body_hash.ts";
import { sameText } from "./same_text.ts";
import { verifySignature } from "./verify_signature.ts";

const BODY_LIMIT = 1024 * 1024;
const PATH = "/hooks/whatsapp/:assetId";

const Handshake = z.object({
  "hub.mode": z.literal("subscribe"),
  "hub.verify_token": z.string().max(1024),
  "hub.challenge": z.string().min(1).max(1024),
});

const newId = uuidV7();

/**
 * `GET|POST /hooks/whatsapp/{assetId}`: a provider's verification handshake and its webhooks. A
 * webhook is answered 200 once it is stored; anything else asks the provider to repeat it.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started
 */
export function webhookRoutes(app: Hono<EdgeHono>): void {
  app.get(PATH, async (c) => {
    const asset = await assetOf(c);
    const handshake = Handshake.parse(c.req.query());
    if (!await sameText(handshake["hub.verify_token"], asset.verifyToken)) {
      throw new AntiphonError("forbidden", "Give the verify token of this asset");
    }
    c.var.log.info("webhook.verified", { assetId: asset.id });
    return c.text(handshake["hub.challenge"], 200, { "cache-control": "no-store" });
  });

  app.post(PATH, async (c) => {
    const asset = await assetOf(c);
    const bytes = await readBody(c.req.raw, BODY_LIMIT);
    if (!await verifySignature(asset.appSecret, bytes, c.req.header("x-hub-signature-256"))) {
      counters.add("antiphon_edge_webhooks_total", { outcome: "bad_signature" });
      throw new AntiphonError("signature_mismatch", "Sign the raw body with the app secret");
    }
    const outcome = await objectNamed(c.env.ASSET_INBOX, asset.id).take({
      deliveryId: newId(),
      tenantId: asset.tenantId,
      assetId: asset.id,
      hash: await bodyHash(bytes),
      receivedAt: Date.now(),
      body: text(bytes),
    });
    if (outcome === "full") {
      throw new AntiphonError("unavailable", "The inbox is full; send it again later", {
        data: { retryAfter: 60 },
      });
    }
    return c.json({ stored: true });
  });
}

async function assetOf(c: EdgeContext): Promise<EdgeAsset> {
  const id = Uuid.safeParse(c.req.param("assetId"));
  const asset = id.success
    ? await c.var.configuration.find((index) => index.asset(id.data))
    : undefined;
  if (asset) return asset;
  throw new AntiphonError("not_found", "There is no such asset");
}

/** The body as text that gives the same bytes again. */
function text(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send UTF-8", { cause });
  }
}
