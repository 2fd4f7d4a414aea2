import { z } from "zod";
import { WebhookDelivery } from "./webhook_delivery.ts";

/** Webhooks that go in one request at most. */
export const MOST_WEBHOOKS = 64;

/**
 * Webhooks of one asset in the order they arrived: body of `POST /internal/inbox`. They share a round
 * trip and, where commits wait for another region, that wait.
 */
export const WebhookBatch = z.object({
  deliveries: z.array(WebhookDelivery).min(1).max(MOST_WEBHOOKS),
}).refine(
  ({ deliveries }) => deliveries.every((d) => d.assetId === deliveries[0].assetId),
  { message: "Send webhooks of one asset", path: ["deliveries"] },
);
export type WebhookBatch = z.infer<typeof WebhookBatch>;
