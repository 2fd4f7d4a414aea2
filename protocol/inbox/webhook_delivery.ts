import { z } from "zod";
import { Millis, Uuid } from "../ids/names.ts";

/**
 * One webhook that the edge stored and acknowledged, on its way to the active cluster. The edge
 * repeats it until it is taken or refused; the cell drops repeats by `deliveryId`, and repeats by the
 * provider by the provider's own message ids.
 */
export const WebhookDelivery = z.object({
  deliveryId: Uuid,
  tenantId: Uuid,
  assetId: Uuid,
  channel: z.literal("whatsapp"),
  receivedAt: Millis,
  /** The provider's body, byte for byte as UTF-8 text. */
  body: z.string().max(1_048_576),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
