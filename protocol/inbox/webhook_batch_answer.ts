import { z } from "zod";
import { Uuid } from "../ids/names.ts";
import { MOST_WEBHOOKS } from "./webhook_batch.ts";

/** Answer to a batch of webhooks: those not named here are taken, and durable. */
export const WebhookBatchAnswer = z.object({
  /** No repeat will change that. */
  refused: z.array(z.object({ deliveryId: Uuid, code: z.string().max(64) })).max(MOST_WEBHOOKS),
});
export type WebhookBatchAnswer = z.infer<typeof WebhookBatchAnswer>;
