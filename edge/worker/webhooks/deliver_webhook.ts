import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { WebhookDelivery } from "../../../protocol/inbox/webhook_delivery.ts";
import type { ClusterAddress } from "../../../protocol/topology/service_addresses.ts";
import type { ClusterClient } from "../clusters/cluster_client.ts";
import type { DeliveryOutcome } from "./asset_inbox.ts";

/** Answers that no repeat will change. */
const REFUSED = new Set([400, 413, 422]);

/**
 * Hands one webhook to its tenant's cluster: `POST /internal/inbox`.
 * @param clusterOf finds the cluster that runs a tenant now
 */
export async function deliverWebhook(
  delivery: WebhookDelivery,
  clusters: ClusterClient,
  clusterOf: (tenantId: string) => Promise<ClusterAddress>,
): Promise<DeliveryOutcome> {
  try {
    const response = await clusters.call(await clusterOf(delivery.tenantId), {
      method: "POST",
      path: "/internal/inbox",
      body: JSON.stringify(delivery),
      timeoutMs: 10_000,
    });
    await response.body?.cancel();
    const reason = String(response.status);
    if (response.ok) return { kind: "taken", reason };
    return { kind: REFUSED.has(response.status) ? "refused" : "again", reason };
  } catch (error) {
    if (!(error instanceof AntiphonError)) return { kind: "again", reason: "internal" };
    const { reasons } = error.data;
    const why = Array.isArray(reasons) ? ` (${reasons.join(", ")})` : "";
    return { kind: "again", reason: `${error.code}${why}` };
  }
}
