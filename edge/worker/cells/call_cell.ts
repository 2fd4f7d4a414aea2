import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { EdgeConfiguration } from "../../../protocol/topology/edge_configuration.ts";

/** A request to a cluster's cell. */
export interface CellCall {
  clusterId: string;
  path: string;
  method?: "GET" | "POST";
  body?: unknown;
  /** Bearer token for the cell. */
  token: string;
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/**
 * Calls a cluster's active cell: its addresses are asked in order until one does not say 421. The
 * answer's body has been read.
 * @throws AntiphonError `cluster_unavailable` when none of them answers for the cluster
 */
export async function callCell(
  configuration: EdgeConfiguration,
  call: CellCall,
): Promise<{ status: number; body: unknown }> {
  const cluster = configuration.clusters.find((candidate) => candidate.id === call.clusterId);
  let cause: unknown;
  for (const url of cluster?.urls ?? []) {
    try {
      const response = await fetch(`${url}${call.path}`, {
        method: call.method ?? "POST",
        redirect: "manual",
        signal: AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS),
        headers: {
          authorization: `Bearer ${call.token}`,
          ...(call.body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      });
      const body: unknown = await response.json().catch(() => null);
      if (response.status !== 421) return { status: response.status, body };
    } catch (error) {
      cause = error;
    }
  }
  throw new AntiphonError(
    "cluster_unavailable",
    "The tenant's cluster does not answer just now; try again in a moment",
    { data: { clusterId: call.clusterId }, cause },
  );
}
