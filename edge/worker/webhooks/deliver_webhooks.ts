import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { WebhookBatchAnswer } from "../../../protocol/inbox/webhook_batch_answer.ts";
import type { WebhookDelivery } from "../../../protocol/inbox/webhook_delivery.ts";
import type { ClusterAddress } from "../../../protocol/topology/service_addresses.ts";
import type { ClusterClient } from "../clusters/cluster_client.ts";
import { readJson } from "../http/read_json.ts";
import type { DeliveryOutcome } from "./asset_inbox.ts";

/** Answers that no repeat will change. */
const REFUSED = new Set([400, 413, 422]);

/** An answer is no longer than this, in bytes. */
const ANSWER_LIMIT = 64 * 1024;

/**
 * Hands webhooks of one asset to its tenant's cluster: `POST /internal/inbox`. Never throws.
 * @param clusterOf finds the cluster that runs a tenant now
 */
export async function deliverWebhooks(
  deliveries: readonly WebhookDelivery[],
  clusters: ClusterClient,
  clusterOf: (tenantId: string) => Promise<ClusterAddress>,
): Promise<DeliveryOutcome> {
  try {
    const response = await clusters.call(await clusterOf(deliveries[0].tenantId), {
      method: "POST",
      path: "/internal/inbox",
      body: JSON.stringify({ deliveries }),
      timeoutMs: 10_000,
    });
    const reason = String(response.status);
    if (response.ok) {
      const { refused } = await readJson(response, WebhookBatchAnswer, ANSWER_LIMIT);
      return { kind: "taken", reason, refused };
    }
    await response.body?.cancel();
    return { kind: REFUSED.has(response.status) ? "refused" : "again", reason };
  } catch (error) {
    if (!(error instanceof AntiphonError)) return { kind: "again", reason: "internal" };
    const { reasons } = error.data;
    const why = Array.isArray(reasons) ? ` (${reasons.join(", ")})` : "";
    return { kind: "again", reason: `${error.code}${why}` };
  }
}
