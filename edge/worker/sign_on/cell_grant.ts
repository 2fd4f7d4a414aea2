import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import { CellSignOnGrant, type CellSignOnRequest } from "../../../protocol/sign_on/sign_on.ts";
import type { ClusterAddress } from "../../../protocol/topology/service_addresses.ts";
import type { ClusterClient } from "../clusters/cluster_client.ts";
import { readJson } from "../http/read_json.ts";

const LIMIT = 64 * 1024;

/**
 * Asks a tenant's cell for a grant. Null: the cell refuses the credentials.
 * @throws AntiphonError `cluster_unavailable`
 */
export async function cellGrant(
  clusters: ClusterClient,
  cluster: ClusterAddress,
  request: CellSignOnRequest,
): Promise<CellSignOnGrant | null> {
  const response = await clusters.call(cluster, {
    method: "POST",
    path: "/internal/sign-on",
    body: JSON.stringify(request),
    timeoutMs: 8_000,
  });
  if (response.ok) return await readJson(response, CellSignOnGrant, LIMIT);
  const problem = await response.json().catch(() => ({})) as { code?: unknown };
  if (problem.code === "invalid_credentials" || response.status === 404) return null;
  throw new AntiphonError("cluster_unavailable", "The tenant's cluster could not sign anyone on", {
    data: { clusterId: cluster.id, status: response.status, retryAfter: 2 },
  });
}

/** Ends a refresh token at the tenant's cell. Throws as {@linkcode cellGrant} does. */
export async function revokeGrant(
  clusters: ClusterClient,
  cluster: ClusterAddress,
  tenantId: string,
  refreshToken: string,
): Promise<void> {
  const response = await clusters.call(cluster, {
    method: "POST",
    path: "/internal/sign-on",
    body: JSON.stringify({ grant: "revoke", tenantId, refreshToken }),
    timeoutMs: 3_000,
  });
  await response.body?.cancel();
  // 401 and 404: the token had ended already.
  if (response.ok || response.status === 401 || response.status === 404) return;
  throw new AntiphonError("cluster_unavailable", "The tenant's cluster did not end the session", {
    data: { clusterId: cluster.id, status: response.status },
  });
}
