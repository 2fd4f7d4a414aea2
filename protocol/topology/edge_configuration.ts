import { z } from "zod";
import { ClusterId, Uuid } from "../ids/names.ts";
import { ServiceKey } from "../service_token/service_key.ts";
import { ClusterAddress, PopAddress, TenantPlacement } from "./service_addresses.ts";

/** A digital asset as the edge needs it to take its webhooks in. Carries secrets. */
export const EdgeAsset = z.object({
  id: Uuid,
  tenantId: Uuid,
  clusterId: ClusterId,
  channel: z.literal("whatsapp"),
  phoneNumberId: z.string(),
  /** Echoed in the provider's verification handshake. */
  verifyToken: z.string(),
  /** Key of the provider's HMAC-SHA256 signature. */
  appSecret: z.string(),
});
export type EdgeAsset = z.infer<typeof EdgeAsset>;

/**
 * All that the edge must know, whole, as one snapshot kept in durable storage. Answer of
 * `GET /internal/edges/{edgeId}/configuration`, with an ETag equal to `version`.
 */
export const EdgeConfiguration = z.object({
  version: z.string(),
  edgeId: z.string(),
  clusters: z.array(ClusterAddress),
  tenants: z.array(TenantPlacement),
  pops: z.array(PopAddress),
  assets: z.array(EdgeAsset),
  keys: z.array(ServiceKey),
});
export type EdgeConfiguration = z.infer<typeof EdgeConfiguration>;
